begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 7);
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'chargeback', 1);

select results_eq(
  'select balance, held, debt from public.credit_accounts', 'values (0, 0, 7)', 'what was spent is owed'
);
select results_eq(
  $$
    select transaction_type, amount, balance_before, balance_after, debt_before, debt_after
    from public.credit_transactions order by seq desc limit 1
  $$,
  $$ values ('chargeback', -10, 3, 0, 0, 7) $$, 'no balance of the ledger is negative'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
