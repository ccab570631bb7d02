begin;
select plan(17);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.notify('aaaaaaaa-0000-4000-8000-000000000001', 'top_up_failed', 'one', '{"n": 1, "nothing": null}', now());
select private.notify('aaaaaaaa-0000-4000-8000-000000000001', 'top_up_failed', 'one', '{"n": 2}', now());
select results_eq(
  'select dedup_key, payload::text, status from public.notifications_outbox',
  $$values ('one', '{"n": 1}', 'due')$$, 'a fact is written down once'
);
select tests.authenticate_as_service();
create temporary table claimed as select * from public.claim_notifications();
select is((select count(*)::integer from claimed), 1, 'it is given');
select is_empty('select 1 from public.claim_notifications()', 'to one sender');
select tests.clear_authentication();
select is_empty(
  $$select 1 from private.claim_notifications(10, '1 minute', now() + interval '4 minutes')$$, 'while its claim lasts'
);
select isnt_empty(
  $$select 1 from private.claim_notifications(10, '1 minute', now() + interval '5 minutes')$$,
  'whoever dies with it leaves it to another'
);
select tests.authenticate_as_service();
select throws_ok(
  'select public.finish_notification(id, claim_token) from claimed', 'PT409', 'lease_lost',
  'and is told when they come back'
);
select throws_ok(
  'select public.finish_notification(id, null) from claimed', 'PT409', 'lease_lost', 'no claim is none'
);
select throws_ok(
  'select public.finish_notification(gen_random_uuid(), gen_random_uuid())', 'PT404', 'notification_not_found', 'nor an unknown row'
);
select is(
  (select (public.finish_notification(n.id, n.claim_token)).status from public.notifications_outbox as n), 'sent', 'sent'
);
select is(
  (select (public.finish_notification(n.id, n.claim_token, 'late')).status from public.notifications_outbox as n), 'sent',
  'stays sent'
);
select is_empty('select 1 from public.claim_notifications()', 'and is not given again');
select throws_ok('select public.claim_notifications(0)', 'PT400', 'limit_invalid', 'no rows');
select throws_ok('select public.claim_notifications(null)', 'PT400', 'limit_invalid', 'or null');
select throws_ok($$select public.claim_notifications(1, '-1 second')$$, 'PT400', 'limit_invalid', 'no lease');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select isnt_empty('select 1 from public.notifications_outbox', 'users read what they were told');
select throws_ok('select public.claim_notifications()', '42501', null, 'but send nothing');
select throws_ok('update public.notifications_outbox set status = ''due''', '42501', null, 'and change nothing');
select tests.clear_authentication();

select * from finish();
rollback;
