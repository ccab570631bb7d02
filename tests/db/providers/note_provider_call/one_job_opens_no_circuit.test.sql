begin;
select plan(1);

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
select private.note_provider_call('acme', 'test.work', 'fault', '11111111-0000-4000-8000-000000000001', 500)
from generate_series(1, 20);
select is(pg_temp.choice('{acme}'), 'acme', 'work that breaks a provider keeps nobody else from it');

select * from finish();
rollback;
