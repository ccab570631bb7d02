begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, p_idempotency_key => 'key-1');

select is(
  (private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, 'Other words', '{"k": 2}', 'key-1')).seq,
  2::bigint,
  'the same call returns the first row'
);
select is((select a.balance from public.credit_accounts as a), 6, 'and spends nothing more');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
select is(
  (private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, p_idempotency_key => 'key-1')).seq,
  2::bigint,
  'also when nothing is left to spend'
);
select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, p_idempotency_key => 'key-1') $$,
  'PT409', 'idempotency_key_reused', 'another amount is refused'
);

select * from finish();
rollback;
