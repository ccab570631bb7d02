begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into public.webhook_events (source, external_id, event_type, payload)
values ('stripe', 'evt_1', 'invoice.payment_succeeded', '{"id": "evt_1"}'), ('whop', 'msg_1', 'payment.succeeded', '{}');
select tests.authenticate_as_anon();
select throws_ok('select 1 from staging.processed_events', '42501', null, 'anon may not look');
select tests.authenticate_as_subject('auth0|ann');
select is_empty('select 1 from staging.processed_events', 'a user sees none');
select throws_ok('insert into staging.processed_events (stripe_event_id) values (''evt_2'')', '42501', null, 'and writes none');
select tests.clear_authentication();
update public.profiles set role = 'admin' where auth0_sub = 'auth0|bob';
select tests.authenticate_as_subject('auth0|bob');
select results_eq(
  'select stripe_event_id, type, payload, received_at from staging.processed_events',
  $$ values ('evt_1', 'invoice.payment_succeeded', '{"id": "evt_1"}'::jsonb, now()) $$, 'an admin sees Stripe''s'
);
select throws_ok('delete from staging.processed_events', '42501', null, 'and deletes none');
select tests.authenticate_as_service();
select is((select count(*) from staging.processed_events), 1::bigint, 'the service reads them');

select * from finish();
rollback;
