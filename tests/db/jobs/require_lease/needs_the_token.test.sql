begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);

select throws_ok(
  'select private.complete_job((select j.id from public.jobs as j), null)', 'PT409', 'lease_lost',
  'a queued job has no lease'
);
select private.claim_jobs('worker-1', 1, array['test.work']);
select throws_ok(
  'select private.complete_job((select j.id from public.jobs as j), null)', 'PT409', 'lease_lost', 'no token'
);
select throws_ok(
  'select private.complete_job((select j.id from public.jobs as j), gen_random_uuid())', 'PT409', 'lease_lost',
  'another token'
);
select throws_ok(
  format('select private.%s', c.call), 'PT404', 'job_not_found', c.call
)
from (
  values
    ('start_job(gen_random_uuid(), gen_random_uuid())'),
    ('heartbeat_job(gen_random_uuid(), gen_random_uuid())'),
    ('snooze_job(gen_random_uuid(), gen_random_uuid(), now())'),
    ('complete_job(gen_random_uuid(), gen_random_uuid())'),
    ($$fail_job(gen_random_uuid(), gen_random_uuid(), 'No.')$$),
    ('complete_job(null, null)')
) as c (call);

select * from finish();
rollback;
