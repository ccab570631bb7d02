begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
insert into public.job_types (type) values ('test.plain');
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1),
  row('bbbbbbbb-0000-4000-8000-000000000002', 'test.plain', gen_random_uuid(), '{}', null, null, 1),
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.plain', gen_random_uuid(), '{}', null, null, 1)
]::private.job_request[]);
create temporary table claim as
select c.*, row_number() over (order by c.type, c.user_id) as n
from private.claim_jobs('worker-1', 10, array['test.work', 'test.plain']) as c;

select results_eq(
  $$
    select status, error from private.complete_jobs((
      select jsonb_agg(jsonb_build_object('job_id', id, 'lock_token', lock_token, 'result', jsonb_build_object('n', n)) order by n)
      from claim
    ))
  $$,
  $$ values ('completed', null::text), ('completed', null), ('completed', null) $$, 'one row an item'
);
select is_empty(
  $$
    select 1 from public.jobs as j join claim as c on c.id = j.id
    where j.status <> 'completed' or j.result <> jsonb_build_object('n', c.n) or j.progress <> 100
      or j.finished_at is null or j.due_at is not null or j.lock_token is not null
  $$,
  'each has its own result'
);
select is_empty('select 1 from private.job_lanes where running <> 0 or queued <> 0', 'their slots are free');
select results_eq(
  'select outcome, count(*) from public.job_attempts group by 1', $$ values ('completed', 3::bigint) $$,
  'their attempts are kept'
);
select is(
  (select a.balance from public.credit_accounts as a where a.user_id = 'aaaaaaaa-0000-4000-8000-000000000001'),
  15, 'what had a price is paid'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
