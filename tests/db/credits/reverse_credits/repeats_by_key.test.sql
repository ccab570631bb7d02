begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.reverse_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 6, 'refund', 1, p_idempotency_key => 'key-1',
  p_cause_type => 'refund', p_cause_id => 're_1'
);

select is(
  (private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 6, 'refund', 1, p_idempotency_key => 'key-1', p_cause_type => 'refund', p_cause_id => 're_1')).seq,
  2::bigint, 'the same call returns the first row'
);
select throws_ok(
  $$ select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 6, 'refund', 1, p_idempotency_key => 'key-1', p_cause_type => 'refund', p_cause_id => 're_2') $$,
  'PT409', 'idempotency_key_reused', 'another cause is refused'
);
select is((select a.balance from public.credit_accounts as a), 4, 'it was taken once');

select * from finish();
rollback;
