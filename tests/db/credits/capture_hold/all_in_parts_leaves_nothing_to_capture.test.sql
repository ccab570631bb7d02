begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
create temporary table hold as select h.id from public.credit_holds as h;
select private.capture_hold(id, null, false, 'shot-1') from hold;

select is((select h.captured from public.credit_holds as h), 6, 'null is all that is left');
select throws_ok(
  $$ select private.capture_hold(id, null, false, 'shot-2') from hold $$,
  'PT409', 'hold_already_captured', 'then nothing is'
);
select is(
  (select (private.capture_hold(id, null, false, 'shot-1')).amount from hold), -6,
  'a repeated null means what it meant'
);
select lives_ok('select private.release_hold(id) from hold', 'a release ends the empty hold');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
