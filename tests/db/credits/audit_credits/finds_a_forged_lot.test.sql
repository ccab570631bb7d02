begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
update public.credit_lots set granted = 20, remaining = 20;

select set_eq(
  'select problem from private.audit_credits()', array['balance is not the sum of its lots', 'a lot granted other than its transaction'],
  'a lot with more than was granted'
);

select * from finish();
rollback;
