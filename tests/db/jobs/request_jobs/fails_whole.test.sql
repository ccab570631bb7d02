begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 12, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);

select throws_ok(
  $$
    select private.request_jobs(array_agg(
      row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)::private.job_request
    ))
    from generate_series(1, 3)
  $$,
  'PT402', 'insufficient_credits', 'two of three could be paid'
);
create function pg_temp.detail(p_count integer) returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform private.request_jobs(array_agg(
    row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)::private.job_request
  ))
  from generate_series(1, p_count);
  return 'none';
exception when sqlstate 'PT402' then
  get stacked diagnostics v_detail = pg_exception_detail;
  return v_detail;
end;
$$;
select is(pg_temp.detail(3), 'Needed 15, available 12, held 0, owed 0.', 'the refusal has the whole sum');
select is((select count(*) from public.jobs), 0::bigint, 'no job');
select is((select count(*) from public.credit_holds), 0::bigint, 'no hold');
select results_eq('select balance, held from public.credit_accounts', 'values (12, 0)', 'no credits moved');
select is_empty('select 1 from private.job_lanes where queued > 0', 'no lane counts it');

select * from finish();
rollback;
