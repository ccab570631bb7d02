begin;
select plan(5);

insert into public.providers (name, fault_limit) values ('acme', 3);
insert into public.provider_routes (operation, provider) values ('test.work', 'acme');
create function pg_temp.call(p_outcome text, p_now timestamptz)
returns void
language sql
as $$
  select private.note_provider_call('acme', 'test.work', p_outcome, gen_random_uuid(), null, null, p_now);
$$;
create function pg_temp.rest(p_now timestamptz)
returns interval
language sql
as $$
  select c.open_until - p_now from public.provider_circuits as c where c.open_until > p_now;
$$;
-- It takes each order, and a moment later has failed it.
select pg_temp.call('taken', now()), pg_temp.call('fault', now()) from generate_series(1, 2);
select is(pg_temp.rest(now()), null, 'two orders that failed');
select pg_temp.call('taken', now()), pg_temp.call('fault', now());
select is(pg_temp.rest(now()), interval '30 seconds', 'the third opens the circuit, whatever was taken between');
select pg_temp.call('taken', now() + interval '31 seconds');
select is(
  (private.choose_route('test.work', '', '{acme}', '{}', null, now() + interval '31 seconds')).provider, 'acme',
  'an order that it takes after the rest lets the others go on'
);
select pg_temp.call('fault', now() + interval '40 seconds');
select is(
  pg_temp.rest(now() + interval '40 seconds'), interval '1 minute', 'but if that fails too, a longer rest begins at once'
);
select pg_temp.call('taken', now() + interval '2 minutes'), pg_temp.call('ok', now() + interval '2 minutes');
select results_eq(
  'select faults, openings, open_until from public.provider_circuits', 'values (0, 0, null::timestamptz)',
  'one that is done makes all well'
);

select * from finish();
rollback;
