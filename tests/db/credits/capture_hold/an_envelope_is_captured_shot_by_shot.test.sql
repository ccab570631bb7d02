begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
create temporary table hold as select h.id from public.credit_holds as h;

select private.capture_hold(id, 2, false, 'shot-1') from hold;
select private.capture_hold(id, 1, false, 'shot-2') from hold;
select results_eq(
  'select balance, held from public.credit_accounts', 'values (4, 3)', 'the rest stays held'
);
select is(
  (select (private.capture_hold(id, 2, false, 'shot-1')).seq from hold), 2::bigint,
  'a shot repeated by its key returns its row'
);
select throws_ok(
  $$ select private.capture_hold(id, 1, false, 'shot-1') from hold $$,
  'PT409', 'idempotency_key_reused', 'its key with another amount is refused'
);
select throws_ok(
  $$ select private.capture_hold(id, 4, false, 'shot-3') from hold $$,
  'PT400', 'capture_exceeds_hold', 'never more than is held'
);
select private.release_hold(id) from hold;
select results_eq(
  'select balance, held, debt from public.credit_accounts', 'values (7, 0, 0)',
  'the release gives the rest back'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
