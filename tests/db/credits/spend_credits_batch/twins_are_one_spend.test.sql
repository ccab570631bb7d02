begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select results_eq(
  format(
    'select ordinal, seq, balance_after, error from private.spend_credits_batch(%L) order by ordinal',
    jsonb_build_array(
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 2, 'idempotency_key', 'key-1'),
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 3),
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 2, 'idempotency_key', 'key-1'),
      jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 4, 'idempotency_key', 'key-1')
    )
  ),
  $$ values (1, 2::bigint, 8, null::text), (2, 3::bigint, 5, null), (3, 2, 8, null), (4, null, null, 'idempotency_key_reused') $$,
  'one key in one batch'
);
select results_eq(
  format(
    'select seq, balance_after, error from private.spend_credits_batch(%L)',
    jsonb_build_array(jsonb_build_object('user_id', 'aaaaaaaa-0000-4000-8000-000000000001', 'amount', 2, 'idempotency_key', 'key-1'))
  ),
  $$ values (2::bigint, 8, null::text) $$,
  'and in a later one'
);
select is(
  (private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 2, p_idempotency_key => 'key-1')).seq,
  2::bigint, 'and in a single spend'
);
select is((select a.balance from public.credit_accounts as a), 5, 'it was spent once');

select * from finish();
rollback;
