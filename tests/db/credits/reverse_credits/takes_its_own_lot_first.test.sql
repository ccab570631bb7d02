begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 8, 'refund', 3, 'Refunded');

select results_eq(
  'select remaining, revoked from public.credit_lots order by seq', 'values (10, 0), (10, 0), (2, 8)',
  'the lot of that purchase'
);
select results_eq(
  'select transaction_type, operation, amount, balance_after, description from public.credit_transactions where seq = 4',
  $$ values ('refund', 'reverse', -8, 22, 'Refunded') $$, 'the ledger says so'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
