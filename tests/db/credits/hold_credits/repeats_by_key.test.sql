begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, p_idempotency_key => 'key-1');

select is(
  (private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, 'Other words', p_idempotency_key => 'key-1', p_expires_in => '2 hours')).id,
  (select h.id from public.credit_holds as h),
  'the same call returns the first hold'
);
select throws_ok(
  $$ select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 5, p_idempotency_key => 'key-1') $$,
  'PT409', 'idempotency_key_reused', 'another amount is refused'
);
select private.release_hold(h.id) from public.credit_holds as h;
select is(
  (private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, p_idempotency_key => 'key-1')).status,
  'released',
  'a repeated call returns the row as it is now'
);
select is((select a.held from public.credit_accounts as a), 0, 'and holds nothing more');

select * from finish();
rollback;
