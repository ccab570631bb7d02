begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.job_types (type) values ('test.work');
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', null, null, 1)
]::private.job_request[]);
insert into public.api_costs (api_provider, operation_type, model, cost_per_operation, effective_date)
values ('p', 'work', '', 0.05, '2026-01-01'), ('p', 'work', 'big', 0.5, '2026-01-01');
create function pg_temp.cost(p_model text, p_quantity numeric)
returns numeric
language plpgsql
as $$
begin
  delete from public.api_usage_logs;
  perform public.record_api_usage(
    (select j.id from public.jobs as j), 'p', 'work', p_model => p_model, p_quantity => p_quantity
  );
  return (select l.cost from public.api_usage_logs as l);
end;
$$;
select is(pg_temp.cost('big', 8), 4.0000, 'of the model');
select is(pg_temp.cost('small', 8), 0.4000, 'or of the operation with any other');
select is(pg_temp.cost(null, null), 0.0500, 'one unit unless said');
select is(pg_temp.cost('big', -1), 0.0000, 'nothing for less than nothing');
select is(pg_temp.cost('big', 1e30), 500000.0000, 'a mad number is cut');

select * from finish();
rollback;
