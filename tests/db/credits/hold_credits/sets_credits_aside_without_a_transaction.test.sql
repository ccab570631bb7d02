begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 4, 'Poster', '{"k": 1}', 'key-1', interval '2 hours'
);

select results_eq(
  'select balance, held from public.credit_accounts', 'values (6, 4)', 'balance became held'
);
select results_eq(
  $$
    select amount, captured, status, lot_seqs, lot_amounts, expires_at, description, metadata
    from public.credit_holds
  $$,
  $$
    values (4, 0, 'held', array[1::bigint], array[4], now() + interval '2 hours', 'Poster',
      '{"k": 1}'::jsonb)
  $$,
  'the hold knows its lots and its deadline'
);
select is((select count(*) from public.credit_transactions), 1::bigint, 'the ledger has the grant alone');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
