-- The ends come one after the other here; tests/races has them at the same moment.
begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select private.complete_job(id, lock_token) from claim;
select private.reap_job(id, now() + interval '2 hours') from claim;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  'select public.cancel_job((select j.id from public.jobs as j))', 'PT409', 'job_already_ended',
  'completed, then cancelled'
);
select tests.clear_authentication();
select results_eq(
  'select balance, held from public.credit_accounts', 'values (15, 0)', 'completed and reaped: paid once'
);
delete from public.jobs;
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
drop table claim;
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select private.cancel_jobs(array(select id from claim), 'Stopped.');
select throws_ok(
  'select private.complete_job(id, lock_token) from claim', 'PT409', 'lease_lost', 'cancelled, then completed'
);
select private.reap_job(id, now() + interval '2 hours') from claim;
select results_eq('select status from public.jobs', $$ values ('cancelled') $$, 'cancelled, then reaped');
select results_eq('select balance, held from public.credit_accounts', 'values (15, 0)', 'nothing more is paid');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
