begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$
    insert into public.credit_transactions (
      user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after
    )
    values ('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', 'grant', 6, 0, 5, 0, 0)
  $$,
  '23514', null, 'an amount is what moved'
);
select throws_ok(
  $$
    insert into public.credit_transactions (
      user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after
    )
    values ('aaaaaaaa-0000-4000-8000-000000000001', 1, 'usage', 'spend', -5, 0, -5, 0, 0)
  $$,
  '23514', null, 'no balance is negative'
);
select throws_ok(
  $$
    insert into public.credit_transactions (
      user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after
    )
    values ('aaaaaaaa-0000-4000-8000-000000000001', 1, 'gift', 'grant', 5, 0, 5, 0, 0)
  $$,
  '23514', null, 'a type is known'
);
select throws_ok(
  $$
    insert into public.credit_lots (user_id, seq, source, granted, remaining, priority)
    values ('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', 10, 11, 30)
  $$,
  '23514', null, 'a lot adds up'
);
select throws_ok(
  'update public.credit_accounts set debt = 1, balance = 1', '23514', null, 'who owes has nothing to spend'
);
select throws_ok(
  'update public.credit_accounts set balance = -1', '23514', null, 'a balance is never negative'
);
select throws_ok(
  'update public.credit_accounts set held = -1', '23514', null, 'nor is what is held'
);

select * from finish();
rollback;
