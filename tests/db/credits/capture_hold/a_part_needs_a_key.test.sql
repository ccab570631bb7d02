begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);

select throws_ok(
  $$ select private.capture_hold(h.id, 2, false) from public.credit_holds as h $$,
  'PT400', 'idempotency_key_missing', 'what can be repeated needs a key'
);

select * from finish();
rollback;
