begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 100, 'bonus');
insert into public.job_types (type) values ('test.work'), ('test.idle');
insert into public.metered_operations (operation, credits) values ('test.work', 10);
insert into public.api_costs (api_provider, operation_type, cost_per_operation, unit, effective_date)
values ('acme', 'work', 0.05, 'second', '2026-01-01');
select private.request_jobs(array_agg(
  row('bbbbbbbb-0000-4000-8000-000000000002', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)::private.job_request
)) from generate_series(1, 3);
create temporary table claim as select * from private.claim_jobs('w', 3);
select private.record_api_usage(c.id, 'acme', 'work.submit', p_status_code => 202) from claim as c;
select private.record_api_usage(c.id, 'acme', 'work', p_status_code => 200, p_quantity => 4) from claim as c limit 2;
select private.record_api_usage(c.id, 'blue', 'work', p_status_code => 200) from claim as c limit 1;
select private.complete_job(c.id, c.lock_token) from (select * from claim limit 2) as c;
select private.fail_job(j.id, j.lock_token, 'No.', false) from public.jobs as j where j.status = 'processing';

select is(
  (select sum(private.job_cost(c.id)) from claim as c), 0.4000, 'a job costs what its calls do: quantity times price'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select * from public.operation_margins(p_credit_value => 0.03)',
  $$
    values (
      'test.work', 2::bigint, 1::bigint, 20::bigint, 0.6000, 6::bigint, 1::bigint, 0.4000, 0.2000, 33.3
    )
  $$,
  'credits that were captured, valued; calls and what they cost; one whose price nobody knows'
);
select is_empty(
  $$ select * from public.operation_margins(now() + interval '1 day') $$, 'of a time when nothing was'
);
select is(
  (select m.revenue from public.operation_margins() as m), round(20 * 299.99 / 5000, 4),
  'a credit is worth the least that a package charges, unless it is said'
);

select throws_ok(
  'select * from public.operation_margins(p_credit_value => 1e131000)', 'PT400', 'input_invalid', 'a value that no number holds'
);

select * from finish();
rollback;
