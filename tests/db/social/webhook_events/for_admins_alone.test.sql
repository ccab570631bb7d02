begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.webhook_events (source, external_id, event_type, payload)
values ('stripe', 'evt_1', 'x.y', '{"id": "evt_1"}'), ('whop', 'wh_1', 'x.y', '{}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty('select 1 from social.webhook_events', 'a user sees none');
select throws_ok(
  $$ insert into social.webhook_events (event_type, source, payload) values ('x', 'stripe', '{}') $$, '42501', null, 'nor adds one'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.webhook_events', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select set_eq(
  'select stripe_event_id, whop_event_id, source, event_type from social.webhook_events',
  $$ values ('evt_1', null, 'stripe', 'x.y'), (null, 'wh_1', 'whop', 'x.y') $$, 'an admin sees all, each under its sender''s id'
);
select throws_ok('delete from social.webhook_events', '42501', null, 'and deletes none');

select * from finish();
rollback;
