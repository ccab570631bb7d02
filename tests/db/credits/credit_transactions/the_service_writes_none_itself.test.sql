begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select tests.authenticate_as_service();

select throws_ok('update public.credit_transactions set amount = 1000', '42501', null, 'no update');
select throws_ok('delete from public.credit_transactions', '42501', null, 'no delete');
select throws_ok('truncate public.credit_transactions', '42501', null, 'no truncate');
select throws_ok(
  $$
    insert into public.credit_transactions (
      user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after
    )
    values ('aaaaaaaa-0000-4000-8000-000000000001', 2, 'bonus', 'grant', 5, 10, 15, 0, 0)
  $$,
  '42501', null, 'no insert'
);
select throws_ok('update public.credit_accounts set balance = 1000', '42501', null, 'nor on accounts');
select throws_ok('update public.credit_lots set remaining = 1000', '42501', null, 'nor on lots');
select throws_ok('update public.credit_holds set amount = 1000', '42501', null, 'nor on holds');

select * from finish();
rollback;
