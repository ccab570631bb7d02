begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'adjustment', p_idempotency_key => 'grant'
);
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 2, p_idempotency_key => 'hold');
select private.capture_hold(h.id, 1, true, 'capture') from public.credit_holds as h;
select private.reverse_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 1, 'refund', p_idempotency_key => 'reverse'
);

select throws_ok(
  format('select private.spend_credits(%L, 1, p_idempotency_key => %L)', 'aaaaaaaa-0000-4000-8000-000000000001', k.key),
  'PT409', 'idempotency_key_reused', 'the key of a ' || k.key
)
from unnest(array['grant', 'hold', 'capture', 'reverse']) as k (key);
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_idempotency_key => 'spend');
select throws_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', p_idempotency_key => 'spend') $$,
  'PT409', 'idempotency_key_reused', 'a grant with the key of a spend'
);
select throws_ok(
  $$ select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_idempotency_key => 'spend') $$,
  'PT409', 'idempotency_key_reused', 'a hold with the key of a spend'
);
select throws_ok(
  $$ select private.reverse_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'refund', p_idempotency_key => 'spend') $$,
  'PT409', 'idempotency_key_reused', 'a reversal with the key of a spend'
);

select * from finish();
rollback;
