begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 7, 'bonus');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase', 'Starter', '{"k": 1}', 'key-1'
);

select results_eq(
  $$
    select seq, transaction_type, operation, amount, balance_before, balance_after, debt_after,
      description, metadata, idempotency_key
    from public.credit_transactions where seq = 2
  $$,
  $$ values (2::bigint, 'purchase', 'grant', 10, 7, 17, 0, 'Starter', '{"k": 1}'::jsonb, 'key-1') $$,
  'the transaction says what moved'
);
select is(
  (select a.total_purchased from public.credit_accounts as a), 10::bigint,
  'only purchases count as purchased'
);

select * from finish();
rollback;
