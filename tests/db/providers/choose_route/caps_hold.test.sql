begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
insert into public.providers (name) values ('acme'), ('blue');
insert into public.provider_routes (operation, provider, model, priority)
values ('test.work', 'acme', 'a', 1), ('test.work', 'blue', 'b', 2);
create function pg_temp.choice(
  p_providers text[], p_variant text default '', p_exclude uuid[] default '{}', p_now timestamptz default now()
)
returns text
language sql
as $$
  select (private.choose_route('test.work', p_variant, p_providers, p_exclude, null, p_now)).provider;
$$;
insert into public.provider_routes (operation, provider, model) values ('test.other', 'acme', 'c');
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select c.id, c.lock_token into temporary table claim from private.claim_jobs('w', 2) as c;
select private.route_job(c.id, c.lock_token, '{acme}') from claim as c limit 1;

update public.provider_routes set max_running = 1 where model = 'a';
select is(pg_temp.choice('{acme,blue}'), 'blue', 'a route is full');
update public.provider_routes set max_running = 2 where model = 'a';
select is(pg_temp.choice('{acme,blue}'), 'acme', 'it has room');
update public.providers set max_running = 1 where name = 'acme';
select is(pg_temp.choice('{acme,blue}'), 'blue', 'the provider is full');
select is(
  (private.choose_route('test.other', '', '{acme}')).provider, null, 'for all its operations'
);
select results_eq(
  $$
    select private.route_job(c.id, c.lock_token, '{acme}') ->> 'wait_seconds'
    from claim as c
    join public.jobs as j on j.id = c.id
    where j.route_id is null
  $$,
  array['5'], 'a job that finds no room looks again soon'
);
select private.complete_job(j.id, j.lock_token) from public.jobs as j where j.route_id is not null;
select is(pg_temp.choice('{acme,blue}'), 'acme', 'a job that ended gave its place back');

select * from finish();
rollback;
