begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
insert into public.providers (name) values ('acme'), ('blue');
insert into public.provider_routes (operation, provider, model, priority)
values ('test.work', 'acme', 'a', 1), ('test.work', 'blue', 'b', 2);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create temporary table claim as select * from private.claim_jobs('w', 1);
select private.route_job(c.id, c.lock_token, '{acme,blue}') from claim as c;
select private.reap_due_job(c.id, now() + interval '1 minute') from claim as c;
select isnt((select j.route_id from public.jobs as j), null, 'after a lost lease the order may be open: the route stays');
drop table claim;
create temporary table claim as select * from private.claim_jobs('w', 1, null, now() + interval '1 minute');
select private.fail_job(c.id, c.lock_token, 'No.', p_now => now() + interval '1 minute') from claim as c;
select is((select j.route_id from public.jobs as j), null, 'a failure gives it back');
drop table claim;
create temporary table claim as select * from private.claim_jobs('w', 1, null, now() + interval '2 minutes');
select private.route_job(c.id, c.lock_token, '{acme}', p_now => now() + interval '2 minutes') from claim as c;
select private.snooze_job(c.id, c.lock_token, now() + interval '5 minutes', p_now => now() + interval '2 minutes') from claim as c;
select is((select j.route_id from public.jobs as j), null, 'and so does waiting without an order');

select * from finish();
rollback;
