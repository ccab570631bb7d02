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
select private.note_provider_call('acme', 'test.work', 'fault', null, 429, interval '90 seconds');
select is(pg_temp.choice('{acme}', p_now => now() + interval '89 seconds'), null, 'not before');
select private.note_provider_call('acme', 'test.work', 'ok');
select is(pg_temp.choice('{acme}', p_now => now() + interval '89 seconds'), null, 'news of before do not end it');
select private.note_provider_call('acme', 'test.work', 'fault', null, 429, interval '2 minutes');
select is(pg_temp.choice('{acme}', p_now => now() + interval '119 seconds'), null, 'a later wish counts');
select is(pg_temp.choice('{acme}', p_now => now() + interval '121 seconds'), 'acme', 'then it is asked');
select private.note_provider_call(
  'acme', 'test.work', 'fault', null, 429, interval '30 days', now() + interval '122 seconds'
);
select is(
  pg_temp.choice('{acme}', p_now => now() + interval '62 minutes 3 seconds'), 'acme', 'a month is cut to an hour'
);

select * from finish();
rollback;
