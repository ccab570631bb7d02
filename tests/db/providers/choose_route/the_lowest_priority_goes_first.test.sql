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
select is(pg_temp.choice('{acme,blue}'), 'acme', 'the lowest priority');
select is(pg_temp.choice('{blue}'), 'blue', 'of the providers that the worker has');
select is(
  pg_temp.choice('{acme,blue}', p_exclude => array(select r.id from public.provider_routes as r where r.model = 'a')),
  'blue', 'not one that just failed'
);
update public.provider_routes set is_active = false where model = 'a';
select is(pg_temp.choice('{acme,blue}'), 'blue', 'an active one');
update public.providers set is_active = false where name = 'blue';
select is(pg_temp.choice('{acme,blue}'), null, 'of an active provider');

select * from finish();
rollback;
