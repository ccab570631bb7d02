begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 30, 'refund');

select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
select results_eq(
  'select balance, held, debt from public.credit_accounts', 'values (0, 0, 10)',
  'a grant below the debt repays a part'
);
select results_eq(
  'select remaining, spent from public.credit_lots', 'values (0, 20)',
  'what repays counts as spent'
);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 25, 'bonus');
select results_eq(
  'select balance, held, debt from public.credit_accounts', 'values (15, 0, 0)',
  'a grant above the debt leaves the rest to spend'
);
select results_eq(
  $$
    select amount, balance_before, balance_after, debt_before, debt_after
    from public.credit_transactions order by seq desc limit 1
  $$,
  'values (25, 0, 15, 10, 0)',
  'the amount is the change of balance + held - debt'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
