begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
insert into public.providers (name) values ('acme'), ('blue');
insert into public.provider_routes (operation, provider, model, priority)
values ('test.work', 'acme', 'a', 1), ('test.work', 'blue', 'b', 2);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{"provider": "blue"}', 'test.work', null, 1)
]::private.job_request[]);
create temporary table claim as select * from private.claim_jobs('w', 1);
select is(private.route_job(c.id, c.lock_token, '{acme,blue}') #>> '{route,provider}', 'blue', 'that one')
from claim as c;
select is(private.route_job(c.id, c.lock_token, '{acme}') -> 'route', 'null', 'or none') from claim as c;

select * from finish();
rollback;
