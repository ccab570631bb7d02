begin;
select plan(9);

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
create function pg_temp.fault(p_now timestamptz default now())
returns void
language sql
as $$
  select private.note_provider_call('acme', 'test.work', 'fault', gen_random_uuid(), 503, null, p_now);
$$;
select pg_temp.fault() from generate_series(1, 4);
select is(pg_temp.choice('{acme}'), 'acme', 'four are none too many');
select private.note_provider_call('acme', 'test.work', 'ok');
select pg_temp.fault() from generate_series(1, 4);
select is(pg_temp.choice('{acme}'), 'acme', 'a success starts the count anew');
select pg_temp.fault();
select is(pg_temp.choice('{acme,blue}'), 'blue', 'the fifth in a row gives it a rest');
select is(
  (private.choose_route('test.other', '', '{acme}')).provider, null, 'there is no route of another operation'
);
insert into public.provider_routes (operation, provider, model) values ('test.other', 'acme', 'c');
select is((private.choose_route('test.other', '', '{acme}')).provider, 'acme', 'which has a circuit of its own');
select is(pg_temp.choice('{acme}', p_now => now() + interval '29 seconds'), null, 'for half a minute');

select is(pg_temp.choice('{acme}', p_now => now() + interval '31 seconds'), 'acme', 'then one job goes');
select pg_temp.fault(now() + interval '32 seconds');
select is(pg_temp.choice('{acme}', p_now => now() + interval '91 seconds'), null, 'a fault doubles the rest');
select is(pg_temp.choice('{acme}', p_now => now() + interval '93 seconds'), 'acme', 'then another may go');

select * from finish();
rollback;
