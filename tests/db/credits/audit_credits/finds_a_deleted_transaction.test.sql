begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 3);
alter table public.credit_transactions disable trigger user;
delete from public.credit_transactions where seq = 2;

select set_eq(
  'select problem from private.audit_credits()',
  array['transactions do not sum to balance + held - debt', 'seq has gaps', 'balances do not chain',
    'a lot granted other than its transaction'],
  'its place is empty'
);

select * from finish();
rollback;
