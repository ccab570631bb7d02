begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.metered_operations set credits = 0 where operation = 'test.work';
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);

select results_eq(
  $$
    select progress, lease_expires_at, due_at
    from private.heartbeat_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 40, now() + interval '20 seconds')
  $$,
  $$ values (40::smallint, now() + interval '50 seconds', now() + interval '50 seconds') $$,
  'by the type''s lease, from now'
);
select is(
  (private.heartbeat_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), null, now() + interval '21 seconds')).progress,
  40::smallint, 'no progress keeps the last'
);

select * from finish();
rollback;
