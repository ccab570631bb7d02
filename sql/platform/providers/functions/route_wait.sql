-- Seconds until a job without a route should look again: when the first circuit may
-- be probed, soon when there is only no room, a minute when nobody has a route.
create function private.route_wait(
  p_operation text,
  p_variant text,
  p_providers text[],
  p_now timestamptz
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_open_until timestamptz;
  v_routes bigint;
  v_resting bigint;
begin
  select count(*), count(c.provider), min(c.open_until)
  into v_routes, v_resting, v_open_until
  from public.provider_routes as r
  join public.providers as s on s.name = r.provider
  left join public.provider_circuits as c
    on c.provider = r.provider and c.operation = r.operation
    and (c.open_until > p_now or (c.open_until is not null and c.probe_until > p_now))
  where r.operation = p_operation and r.is_active and s.is_active
    and r.provider = any (p_providers) and (p_variant is null or r.variant in ('', p_variant));
  return case
    when v_routes = 0 then 60
    when v_resting = 0 then 5
    -- A probe is on its way: it mostly ends long before the time it is given.
    when v_open_until <= p_now then 10
    else least(ceil(extract(epoch from v_open_until - p_now)), 300)::integer
  end;
end;
$$;
