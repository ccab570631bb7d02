begin;
select plan(5);

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

select is(private.record_provider_callback('p', '1', '{}') ->> 'outcome', 'woken', 'the first');
select is(private.record_provider_callback('p', '1', '{}') ->> 'outcome', 'woken', 'the second finds it awake');
select private.claim_jobs('worker-1', 1, array['test.work']);
select lives_ok(
  'select private.complete_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j))',
  'a worker finishes it'
);
select is(
  private.record_provider_callback('p', '1', '{}'),
  jsonb_build_object('outcome', 'already_ended', 'job_id', (select j.id from public.jobs as j)),
  'a late one is a note'
);
select is((select a.balance from public.credit_accounts as a), 5, 'it was paid once');

select * from finish();
rollback;
