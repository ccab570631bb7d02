begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 12, 'Poster', '{"k": 1}', 'key-1');

select results_eq(
  $$
    select transaction_type, operation, amount, balance_before, balance_after, description, metadata
    from public.credit_transactions where seq = 3
  $$,
  $$ values ('usage', 'spend', -12, 20, 8, 'Poster', '{"k": 1}'::jsonb) $$,
  'one row, however many lots it took'
);
select is((select a.total_used from public.credit_accounts as a), 12::bigint, 'it counts as used');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
