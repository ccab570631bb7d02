begin;
select plan(3);

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
update public.provider_routes set priority = 1, variant = 'big' where model = 'b';
select is(pg_temp.choice('{acme,blue}', 'big'), 'blue', 'the route that names it');
select is(pg_temp.choice('{acme,blue}', 'small'), 'acme', 'else the general one');
update public.provider_routes set variant = 'huge' where model = 'a';
select is(pg_temp.choice('{acme,blue}', 'small'), null, 'nobody serves another variant');

select * from finish();
rollback;
