begin;
select plan(5);

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
select private.note_provider_call('acme', 'test.work', 'fault', null, 503, interval '1 minute');
select is(pg_temp.choice('{acme}', p_now => now() + interval '61 seconds'), 'acme', 'the first is the probe');
select is(pg_temp.choice('{acme}', p_now => now() + interval '62 seconds'), null, 'the second waits for its news');
select is(pg_temp.choice('{acme}', p_now => now() + interval '7 minutes'), 'acme', 'a probe that is never heard of is replaced');
select private.note_provider_call('acme', 'test.work', 'ok', p_now => now() + interval '8 minutes');
select is(pg_temp.choice('{acme}', p_now => now() + interval '8 minutes'), 'acme', 'its success lets one go');
select is(pg_temp.choice('{acme}', p_now => now() + interval '8 minutes'), 'acme', 'and all the others');

select * from finish();
rollback;
