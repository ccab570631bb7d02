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
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), now(),
  '{"provider": "p", "external_id": "1"}'
);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.reap_job((select j.id from public.jobs as j), now() + interval '30 seconds');

select is(
  (private.claim_jobs('worker-2', 1, array['test.work'], now() + interval '30 seconds')).state ->> 'external_id',
  '1',
  'the next worker asks the provider again instead of paying it twice'
);
select private.fail_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'Refused.', true,
  interval '0', now() + interval '31 seconds'
);
select is((select j.state from public.jobs as j), null, 'a failure that is reported starts over');

select * from finish();
rollback;
