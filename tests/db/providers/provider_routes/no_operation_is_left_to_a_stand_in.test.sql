begin;
select plan(2);

select is_empty(
  $$
    select r.operation
    from public.provider_routes as r
    join public.providers as p on p.name = r.provider
    group by r.operation
    having bool_and(p.is_stand_in)
  $$,
  'where no stand-in runs, every operation has somebody who does it'
);
select is_empty(
  $$
    select r.operation, r.provider, r.model
    from public.provider_routes as r
    join public.providers as p on p.name = r.provider and not p.is_stand_in
    where not exists (
      select 1
      from public.api_costs as c
      where c.api_provider = r.provider and c.model in ('', r.model) and c.cost_per_operation > 0
    )
  $$,
  'and what each of them takes for it is known'
);

select * from finish();
rollback;
