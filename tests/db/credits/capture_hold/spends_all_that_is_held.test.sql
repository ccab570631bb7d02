begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, 'Poster', '{"k": 1}');
select private.capture_hold(h.id) from public.credit_holds as h;

select results_eq(
  'select balance, held from public.credit_accounts', 'values (6, 0)', 'held became spent'
);
select results_eq(
  $$
    select transaction_type, operation, amount, balance_before, balance_after, description, metadata,
      hold_id = (select h.id from public.credit_holds as h)
    from public.credit_transactions where seq = 2
  $$,
  $$ values ('usage', 'capture', -4, 10, 6, 'Poster', '{"k": 1}'::jsonb, true) $$,
  'the transaction names its hold'
);
select results_eq(
  'select captured, status, final_seq, ended_at from public.credit_holds',
  $$ values (4, 'captured', 2::bigint, now()) $$,
  'the hold ended'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
