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
  (select j.id from public.jobs as j), 'p', 'upscale', p_status_code => 500, p_error => repeat('e', 5000)
);

select results_eq(
  'select cost, status_code, char_length(error_message) from public.api_usage_logs',
  'values (null::numeric, 500, 2000)', 'that we know of'
);

select * from finish();
rollback;
