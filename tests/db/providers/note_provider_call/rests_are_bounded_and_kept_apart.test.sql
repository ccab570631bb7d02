begin;
select plan(3);

insert into public.providers (name) values ('acme'), ('blue');
insert into public.provider_routes (operation, provider, model, priority)
values ('test.work', 'acme', 'a', 1), ('test.work', 'blue', 'b', 2);
update public.providers set fault_limit = 1 where name = 'acme';
create function pg_temp.rest()
returns interval
language plpgsql
as $$
declare
  v_until timestamptz;
begin
  select coalesce(c.open_until, now()) into v_until
  from public.provider_circuits as c where c.provider = 'acme' and c.operation = 'test.work';
  v_until := coalesce(v_until, now());
  perform private.note_provider_call('acme', 'test.work', 'fault', null, 500, null, v_until);
  return (
    select c.open_until - v_until
    from public.provider_circuits as c where c.provider = 'acme' and c.operation = 'test.work'
  );
end;
$$;
select is(
  array(select pg_temp.rest() from generate_series(1, 7)),
  array[
    interval '30 seconds', interval '1 minute', interval '2 minutes', interval '4 minutes',
    interval '8 minutes', interval '10 minutes', interval '10 minutes'
  ],
  'doubled, up to ten minutes'
);
select lives_ok(
  $$ select private.note_provider_call('nobody', 'test.work', 'fault') $$, 'an unknown provider is no reason to fail'
);
select is(
  (select count(*) from public.provider_circuits as c where c.provider <> 'acme'), 0::bigint, 'and has no circuit'
);

select * from finish();
rollback;
