begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 3);
alter table public.credit_transactions disable trigger user;
update public.credit_transactions set amount = 20, balance_after = 20 where seq = 1;

select set_eq(
  'select problem from private.audit_credits()',
  array['transactions do not sum to balance + held - debt', 'balances do not chain',
    'a lot granted other than its transaction'],
  'the next does not follow from it'
);

select * from finish();
rollback;
