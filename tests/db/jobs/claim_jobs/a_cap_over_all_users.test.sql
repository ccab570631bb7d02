begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
update public.job_types set max_running = 3 where type = 'test.work';
select private.request_jobs((
  select array_agg(row(u.id, 'test.work', gen_random_uuid(), '{}', null, null, 1)::private.job_request)
  from public.profiles as u cross join generate_series(1, 5)
));

select is(
  (select count(*) from private.claim_jobs('worker-1', 100, array['test.work'])), 3::bigint, 'three of all'
);
select is_empty($$ select 1 from private.claim_jobs('worker-2', 100, array['test.work']) $$, 'then none');
select private.fail_job(j.id, j.lock_token, 'No.', false) from public.jobs as j where j.status = 'processing' limit 1;
select is(
  (select count(*) from private.claim_jobs('worker-2', 100, array['test.work'])), 1::bigint,
  'until one has ended'
);

select * from finish();
rollback;
