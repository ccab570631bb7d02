-- The route that takes a job: the one it had before if that may, else by priority, the
-- very variant before a general route, by weight among equals. Null when none may.
-- Caps are exact: providers with one are locked, in order, before anything is counted.
-- After a rest one job alone is let through: its caller holds the probe.
create function private.choose_route(
  p_operation text,
  p_variant text,
  p_providers text[],
  p_exclude uuid[] default '{}',
  p_prefer uuid default null,
  p_now timestamptz default now()
)
returns public.provider_routes
language plpgsql
set search_path = ''
as $$
declare
  v_route public.provider_routes;
begin
  perform 1
  from public.providers as s
  where s.name = any (array(
    select o.provider
    from private.open_routes(p_operation, p_variant, p_providers, p_exclude, p_now) as o
    join public.providers as c on c.name = o.provider
    where c.max_running is not null or o.max_running is not null
  ))
  order by s.name
  for no key update;

  for v_route in
    select o.*
    from private.open_routes(p_operation, p_variant, p_providers, p_exclude, p_now) as o
    order by
      o.id is distinct from p_prefer, o.priority, o.variant = '', -ln(1 - random()) / o.weight
  loop
    update public.provider_circuits as c
    set probe_until = p_now + least(v_route.timeout, interval '5 minutes'), updated_at = p_now
    where c.provider = v_route.provider and c.operation = p_operation
      and c.open_until <= p_now and (c.probe_until is null or c.probe_until <= p_now);
    if found then
      return v_route;
    end if;
    -- Whoever was faster has the probe, or has found the provider still at fault.
    if not exists (
      select 1
      from public.provider_circuits as c
      where c.provider = v_route.provider and c.operation = p_operation and c.open_until is not null
    ) then
      return v_route;
    end if;
  end loop;
  return null;
end;
$$;
