begin;
select plan(7);

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
update public.provider_routes set timeout = '90 seconds', settings = '{"steps": 4}' where model = 'a';

select is(
  private.route_job(c.id, c.lock_token, '{acme,blue}') #- '{route,id}',
  '{"route": {"provider": "acme", "model": "a", "timeout_seconds": 90, "settings": {"steps": 4}}}', 'with all an adapter needs'
) from claim as c;
select is(
  (select r.model from public.jobs as j join public.provider_routes as r on r.id = j.route_id), 'a', 'the job has it'
);
update public.provider_routes set priority = 0 where model = 'b';
select is(
  private.route_job(c.id, c.lock_token, '{acme,blue}') #>> '{route,provider}', 'acme', 'asked again it is the same one'
) from claim as c;
select is(
  private.route_job(c.id, c.lock_token, '{acme,blue}', array(select j.route_id from public.jobs as j)) #>> '{route,provider}',
  'blue', 'unless that failed'
) from claim as c;
select is(
  private.route_job(c.id, c.lock_token, '{}'), '{"route": null, "wait_seconds": 60}', 'a worker without providers waits'
) from claim as c;
select is((select j.route_id from public.jobs as j), null, 'and the job has none');
select throws_ok(
  format('select private.route_job(%L, gen_random_uuid(), %L)', c.id, '{acme}'), 'PT409', 'lease_lost', 'only its worker may ask'
) from claim as c;

select * from finish();
rollback;
