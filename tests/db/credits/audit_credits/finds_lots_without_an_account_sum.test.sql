begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
alter table public.credit_transactions disable trigger user;
delete from public.credit_transactions;
update public.credit_lots set remaining = 0, spent = 10;

select set_eq(
  'select problem from private.audit_credits()',
  array[
    'balance is not the sum of its lots', 'transactions do not sum to balance + held - debt',
    'the last seq is another', 'a lot granted other than its transaction'
  ],
  'an account whose history is gone'
);

select * from finish();
rollback;
