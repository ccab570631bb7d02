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
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
create function pg_temp.claimed(p_providers text[], p_now timestamptz default now())
returns bigint
language sql
as $$
  select count(*) from private.claim_jobs('w', 10, '{test.work}', p_now, p_providers);
$$;
select is(pg_temp.claimed('{}'), 0::bigint, 'a worker without its providers leaves it');
select private.note_provider_call(p, 'test.work', 'fault', null, 503, interval '1 minute') from unnest(array['acme', 'blue']) as p;
select is(pg_temp.claimed('{acme,blue}'), 0::bigint, 'while all rest it waits');
select results_eq(
  'select status, attempts from public.jobs', $$ values ('queued', 0) $$, 'without an attempt'
);
select results_eq('select balance, held from public.credit_accounts', 'values (95, 5)', 'and nobody is charged');
select is(pg_temp.claimed('{acme,blue}', now() + interval '2 minutes'), 1::bigint, 'then it is claimed');

insert into public.job_types (type) values ('test.free');
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.free', gen_random_uuid(), '{}', null, null, 1)
]::private.job_request[]);
select is(
  (select count(*) from private.claim_jobs('w', 10, '{test.free}', p_providers => '{}')), 1::bigint,
  'a type without routes needs no provider'
);

select * from finish();
rollback;
