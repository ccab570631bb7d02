begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_idempotency_key => 'released');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_idempotency_key => 'expired');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_idempotency_key => 'due');
create temporary table hold as select h.id, h.idempotency_key as name from public.credit_holds as h;
select private.release_hold(id) from hold where name = 'released';
select private.expire_hold(id, now() + interval '1 hour') from hold where name = 'expired';

select throws_ok(
  $$ select private.capture_hold(id) from hold where name = 'released' $$,
  'PT409', 'hold_already_released', 'a released one'
);
select throws_ok(
  $$ select private.capture_hold(id) from hold where name = 'expired' $$,
  'PT409', 'hold_already_expired', 'an expired one'
);
select throws_ok(
  $$ select private.capture_hold(id, p_now => now() + interval '1 hour') from hold where name = 'due' $$,
  'PT409', 'hold_already_expired', 'one that is due, before any sweep'
);
select lives_ok(
  $$ select private.capture_hold(id, p_now => now() + interval '59 minutes') from hold where name = 'due' $$,
  'not before its deadline'
);

select * from finish();
rollback;
