begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 10);
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, 'chargeback');

select private.release_hold(h.id) from public.credit_holds as h;
select results_eq(
  'select balance, held, debt from public.credit_accounts', 'values (6, 0, 0)', 'the debt, then the user'
);
select results_eq(
  $$
    select transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after
    from public.credit_transactions order by seq desc limit 1
  $$,
  $$ values ('adjustment', 'repay', 0, 10, 6, 4, 0) $$,
  'the repayment is posted'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
