begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
insert into public.webhook_events (id, source, external_id, event_type, payload, status)
values (
  '11111111-0000-4000-8000-000000000001', 'stripe', 'evt_1', 'nothing.of_ours',
  '{"id": "evt_1", "type": "nothing.of_ours"}', 'failed'
);
select set_config('request.headers', '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "Back office"}', true);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select is(
  (public.admin_replay_event('11111111-0000-4000-8000-000000000001')).status, 'ignored', 'as if it came again'
);
select throws_ok(
  'select public.admin_replay_event(gen_random_uuid())', 'PT404', 'event_not_found', 'not one that is not there'
);
select throws_ok('select public.admin_replay_event(null)', 'PT404', 'event_not_found', 'nor none');
select results_eq(
  $$ select l.action, l.target_type, l.target_id, l.details ->> 'status', host(l.ip_address) from public.admin_logs as l $$,
  $$ values ('replay_event', 'webhook_event', '11111111-0000-4000-8000-000000000001'::uuid, 'ignored', '203.0.113.7') $$,
  'it is logged'
);

select * from finish();
rollback;
