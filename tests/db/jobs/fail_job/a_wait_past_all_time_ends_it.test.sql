begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
select private.request_jobs(array_agg(
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request
))
from generate_series(1, 2);
create temporary table claim as
select c.*, w.retry_in
from (select *, row_number() over () as n from private.claim_jobs('worker-1', 2, array['test.work'])) as c
join (values (1, interval '178000000 years'), (2, interval 'infinity')) as w (n, retry_in) on w.n = c.n;

select is(
  (private.fail_job(c.id, c.lock_token, 'Busy.', true, c.retry_in)).status, 'failed',
  c.retry_in || ' is after its deadline'
)
from claim as c;

select * from finish();
rollback;
