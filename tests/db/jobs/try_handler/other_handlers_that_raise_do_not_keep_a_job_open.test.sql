begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
create function private.test_broken(p_job public.jobs) returns void language plpgsql as $$
begin
  raise exception 'broken';
end;
$$;
insert into public.job_types (type, on_failure, on_cancel)
values ('test.work', 'private.test_broken', 'private.test_broken');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.claim_jobs('worker-1', 1, array['test.work']);
select private.fail_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'No.', false
);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.cancel_jobs(array(select j.id from public.jobs as j where j.finished_at is null), 'Stopped.');

select set_eq(
  'select status, error from public.jobs', $$ values ('failed', 'No.'), ('cancelled', 'Stopped.') $$,
  'both ended'
);
select results_eq(
  'select balance, held from public.credit_accounts', 'values (20, 0)', 'their credits are back'
);
select is((select count(*) from private.handler_errors), 2::bigint, 'the errors are kept');

select * from finish();
rollback;
