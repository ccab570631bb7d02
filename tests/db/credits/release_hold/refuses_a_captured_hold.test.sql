begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
select private.capture_hold(h.id, 2) from public.credit_holds as h;

select throws_ok(
  'select private.release_hold(h.id) from public.credit_holds as h',
  'PT409', 'hold_already_captured', 'what is spent is not released'
);
select throws_ok(
  'select private.release_hold(gen_random_uuid())', 'PT404', 'hold_not_found', 'an unknown hold'
);
select throws_ok('select private.release_hold(null)', 'PT404', 'hold_not_found', 'no hold');

select * from finish();
rollback;
