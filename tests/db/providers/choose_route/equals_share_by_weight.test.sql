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
update public.provider_routes set priority = 1, weight = case when model = 'a' then 90 else 10 end;
select setseed(0.5);
select ok(
  count(*) filter (where c.provider = 'acme') between 840 and 960, 'nine of ten go to the one with nine times the weight'
)
from (select pg_temp.choice('{acme,blue}') as provider from generate_series(1, 1000)) as c;

select * from finish();
rollback;
