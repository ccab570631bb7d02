begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create temporary table old as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select private.reap_job((select j.id from public.jobs as j), now() + interval '30 seconds');
select private.claim_jobs('worker-2', 1, array['test.work'], now() + interval '30 seconds');

select throws_ok(
  format('select private.%s from old', c.call), 'PT409', 'lease_lost', c.call
)
from (
  values
    ('start_job(id, lock_token)'),
    ('heartbeat_job(id, lock_token, 50)'),
    ('snooze_job(id, lock_token, now())'),
    ($$snooze_job(id, lock_token, now(), '{"provider": "p", "external_id": "1"}')$$),
    ('complete_job(id, lock_token)'),
    ($$fail_job(id, lock_token, 'No.')$$)
) as c (call);
select results_eq(
  'select status, worker, progress from public.jobs', $$ values ('processing', 'worker-2', 0::smallint) $$,
  'the job is its new worker''s'
);
select is((select a.held from public.credit_accounts as a), 5, 'and its credits are held');

select * from finish();
rollback;
