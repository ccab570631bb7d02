begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type, backoff) values ('test.work', '1 second');
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)
]::private.job_request[]);
select private.snooze_job(j.id, j.lock_token, now() + interval '1 minute', '{"provider": "p", "external_id": "A"}')
from private.claim_jobs('w', 1) as j;
select private.fail_job(j.id, j.lock_token, 'Failed.', true, '0 seconds', now() + interval '1 minute')
from private.claim_jobs('w', 1, null, now() + interval '1 minute') as j;
select private.snooze_job(j.id, j.lock_token, now() + interval '3 minutes', '{"provider": "p", "external_id": "B"}', now() + interval '1 minute')
from private.claim_jobs('w', 1, null, now() + interval '1 minute') as j;

select is(
  private.record_provider_callback('p', 'A', '{"status": "failed"}') ->> 'outcome', 'already_ended',
  'the first order was given up'
);
select is((select j.state -> 'callback' from public.jobs as j), null, 'the second knows nothing of it');

select * from finish();
rollback;
