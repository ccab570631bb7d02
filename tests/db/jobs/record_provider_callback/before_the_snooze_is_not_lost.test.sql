begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);

select is(
  private.record_provider_callback('p', '1', '{"ok": true}'),
  '{"outcome": "unknown", "job_id": null}'::jsonb, 'nobody waits for it yet'
);
select is(
  private.record_provider_callback('p', '1', '{"ok": true}') ->> 'outcome', 'unknown', 'doubled it is no other'
);
select results_eq(
  $$
    select status, run_at, state
    from private.snooze_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), now() + interval '10 minutes', '{"provider": "p", "external_id": "1"}')
  $$,
  $$ values ('waiting', now(), '{"provider": "p", "external_id": "1", "callback": {"ok": true}}'::jsonb) $$,
  'the snooze finds it: the job is due at once'
);

select * from finish();
rollback;
