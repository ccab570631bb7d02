begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);
update public.credit_accounts set balance = 5, held = 5;

select set_eq(
  'select problem from private.audit_credits()',
  array['balance is not the sum of its lots', 'held is not the sum of open holds and frozen lots'],
  'credits moved between balance and held'
);

select * from finish();
rollback;
