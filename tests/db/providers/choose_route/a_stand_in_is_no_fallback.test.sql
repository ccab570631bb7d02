begin;
select plan(4);

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
update public.providers set is_stand_in = true where name = 'blue';
select is(pg_temp.choice('{blue}'), 'blue', 'it does what nobody else is there to do');
select private.note_provider_call('acme', 'test.work', 'fault', null, 429, interval '1 minute');
select is(pg_temp.choice('{acme,blue}'), null, 'while another provider rests it is not taken');
update public.provider_routes set variant = 'big' where model = 'a';
select is(pg_temp.choice('{acme,blue}', 'big'), null, 'nor for the variant of the other');
select is(pg_temp.choice('{acme,blue}', 'small'), 'blue', 'but for a variant that the other does not serve');

select * from finish();
rollback;
