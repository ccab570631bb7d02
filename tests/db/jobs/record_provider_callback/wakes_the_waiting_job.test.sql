begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.snooze_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j),
  now() + interval '10 minutes', '{"provider": "p", "external_id": "1"}'
);

select is(
  private.record_provider_callback('p', '1', '{"ok": true}'),
  jsonb_build_object('outcome', 'woken', 'job_id', (select j.id from public.jobs as j)), 'it names the job'
);
select results_eq(
  $$ select state, status from private.claim_jobs('worker-1', 1, array['test.work']) $$,
  $$ values ('{"provider": "p", "external_id": "1", "callback": {"ok": true}}'::jsonb, 'processing') $$,
  'which is claimed now, with the callback in its state'
);

select * from finish();
rollback;
