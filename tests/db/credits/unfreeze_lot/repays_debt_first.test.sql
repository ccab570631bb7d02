begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 3, 'bonus');
select private.freeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1);
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 7, 'refund');
select private.unfreeze_lot('aaaaaaaa-0000-4000-8000-000000000001', 1);

select results_eq(
  'select balance, held, debt from public.credit_accounts', 'values (6, 0, 0)', 'the debt, then the user'
);
select results_eq(
  'select remaining, spent from public.credit_lots order by seq', 'values (6, 4), (0, 0)',
  'what repaid counts as spent'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
