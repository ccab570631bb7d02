begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, 'refund');
update public.credit_accounts set debt = 0;

select set_eq(
  'select problem from private.audit_credits()', array['transactions do not sum to balance + held - debt'],
  'a debt that vanished'
);

select * from finish();
rollback;
