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

select throws_ok(
  $$ select private.record_api_usage(gen_random_uuid(), 'p', 'o') $$, 'PT404', 'job_not_found', 'an unknown job'
);
select throws_ok($$ select private.record_api_usage(null, 'p', 'o') $$, 'PT404', 'job_not_found', 'no job');
select throws_ok(
  $$
    select private.record_api_usage((select j.id
    from public.jobs as j), null, 'o')
  $$, 'PT400', 'argument_missing', 'no provider'
);
select throws_ok(
  $$
    select private.record_api_usage((select j.id
    from public.jobs as j), 'p', repeat('o', 101))
  $$, 'PT400', 'argument_too_long', 'a long operation'
);
select throws_ok(
  $$
    select private.record_api_usage((select j.id
    from public.jobs as j), 'p', 'o', jsonb_build_object('k', repeat('x', 66000)))
  $$,
  'PT400', 'metadata_invalid', 'a request of 66 kB'
);
select throws_ok(
  $$
    select private.record_api_usage((select j.id
    from public.jobs as j), 'p', 'o', null, jsonb_build_object('k', repeat('x', 66000)))
  $$,
  'PT400', 'metadata_invalid', 'an answer of 66 kB'
);
select lives_ok(
  $$
    select private.record_api_usage((select j.id
    from public.jobs as j), 'p', 'o', p_response_time => -5)
  $$, 'a clock that ran backwards is no reason to fail'
);
select is((select l.response_time from public.api_usage_logs as l), 0.00, 'it took no time');

select * from finish();
rollback;
