begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.cancel_job((select j.id from public.jobs as j));
select tests.clear_authentication();

select throws_ok(
  'select private.complete_job(id, lock_token) from claim', 'PT409', 'lease_lost', 'its worker is told'
);
select results_eq(
  'select outcome from public.job_attempts', $$ values ('cancelled') $$, 'the attempt is kept'
);
select results_eq('select balance, held from public.credit_accounts', 'values (10, 0)', 'nothing is charged');
select results_eq('select queued, running from private.job_lanes', 'values (0, 0)', 'its slot is free');

select * from finish();
rollback;
