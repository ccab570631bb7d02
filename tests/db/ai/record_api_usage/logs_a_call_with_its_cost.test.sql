begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
insert into public.api_costs (api_provider, operation_type, cost_per_operation, effective_date)
values ('p', 'upscale', 0.05, current_date - 10);
select private.record_api_usage(
  (select j.id from public.jobs as j), 'p', 'upscale', '{"factor": 2}', '{"ok": true}', 200, 1.239
);

select results_eq(
  $$
    select user_id, job_id = (select j.id from public.jobs as j), api_provider, operation_type, request_data, response_data, status_code,
      response_time, cost, error_message
    from public.api_usage_logs
  $$,
  $$
    values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, true, 'p', 'upscale', '{"factor": 2}'::jsonb, '{"ok": true}'::jsonb, 200, 1.24, 0.0500, null::text)
  $$,
  'of the job''s user'
);

select * from finish();
rollback;
