begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
create temporary table hold as select h.id from public.credit_holds as h;
select private.capture_hold(id, 4) from hold;

select is(
  (select (private.capture_hold(id, 4)).seq from hold), 2::bigint,
  'the same final capture returns the first row'
);
select throws_ok(
  'select private.capture_hold(id, 5) from hold', 'PT409', 'hold_already_captured', 'another amount is refused'
);
select throws_ok(
  'select private.capture_hold(id) from hold', 'PT409', 'hold_already_captured',
  'and so is all, which it was not'
);
select throws_ok(
  $$ select private.capture_hold(id, 4, true, 'new') from hold $$,
  'PT409', 'hold_already_captured', 'a new key is a new capture'
);
select is((select a.balance from public.credit_accounts as a), 6, 'nothing more was spent');

select * from finish();
rollback;
