begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
create temporary table hold as select h.id from public.credit_holds as h;
select private.capture_hold(id, p_idempotency_key => 'end') from hold;

select is(
  (select (private.capture_hold(id, p_idempotency_key => 'end')).seq from hold), 2::bigint,
  'by its key'
);
select is((select (private.capture_hold(id)).seq from hold), 2::bigint, 'and without');
select throws_ok(
  $$ select private.capture_hold(id, 5, true, 'end') from hold $$,
  'PT409', 'idempotency_key_reused', 'the key with another amount is refused'
);

select * from finish();
rollback;
