begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['test.work']);
select private.complete_job(id, lock_token) from claim;

select throws_ok('select private.complete_job(id, lock_token) from claim', 'PT409', 'lease_lost', 'not twice');
select throws_ok(
  $$ select private.fail_job(id, lock_token, 'No.') from claim $$, 'PT409', 'lease_lost', 'nor a failure after'
);
select is((select a.balance from public.credit_accounts as a), 5, 'it was paid once');

select * from finish();
rollback;
