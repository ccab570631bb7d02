begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 40, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.job_types set deadline = '1 minute', lease = '10 minutes' where type = 'test.work';
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.snooze_job(j.id, j.lock_token, now() + interval '1 hour', '{"provider": "p", "external_id": "1"}')
from (select * from public.jobs as j where j.status = 'processing' limit 1) as j;
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);

select set_eq('select status from public.jobs', array['processing', 'waiting', 'queued'], 'one of each');
select private.reap_job(d, now() + interval '59 seconds') from private.due_jobs(now() + interval '59 seconds') as d;
select is((select count(*) from public.jobs as j where j.finished_at is null), 3::bigint, 'not before');
select private.reap_job(d, now() + interval '1 minute') from private.due_jobs(now() + interval '1 minute') as d;
select results_eq(
  'select distinct status, error is not null from public.jobs', $$ values ('failed', true) $$, 'each is failed'
);
select results_eq(
  'select outcome, count(*) from public.job_attempts group by outcome', $$ values ('deadline_passed', 2::bigint) $$,
  'those that had begun have an attempt'
);
select results_eq('select balance, held from public.credit_accounts', 'values (40, 0)', 'the credits are back');
select results_eq('select queued, running from private.job_lanes', 'values (0, 0)', 'no slot is taken');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
