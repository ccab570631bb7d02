-- The routes that may take a job now: active, of a provider the worker has, its
-- circuit closed or ready for a probe, with room under the caps. Without a variant:
-- those of any. What is locked is checked again by choose_route. In plpgsql, since
-- claims ask it often and its plan is kept.
create function private.open_routes(
  p_operation text,
  p_variant text,
  p_providers text[],
  p_exclude uuid[] default '{}',
  p_now timestamptz default now()
)
returns setof public.provider_routes
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
    with fitting as (
      select
        r as route, r.variant, r.provider, r.max_running, s.max_running as provider_max_running,
        s.is_stand_in
      from public.provider_routes as r
      join public.providers as s on s.name = r.provider
      where r.operation = p_operation and r.is_active and s.is_active
        and r.provider = any (p_providers)
        and (p_variant is null or r.variant in ('', p_variant))
    )
    select (f.route).*
    from fitting as f
    where (f.route).id <> all (coalesce(p_exclude, '{}'))
      and not (
        f.is_stand_in and exists (
          select 1
          from fitting as o
          where not o.is_stand_in and o.variant in ('', coalesce(p_variant, f.variant))
        )
      )
      and not exists (
        select 1
        from public.provider_circuits as c
        where c.provider = f.provider and c.operation = p_operation and c.open_until is not null
          and (c.open_until > p_now or c.probe_until > p_now)
      )
      and (
        f.max_running is null or f.max_running > (
          select count(*)
          from public.jobs as j
          where j.route_id = (f.route).id and j.finished_at is null
        )
      )
      and (
        f.provider_max_running is null or f.provider_max_running > (
          select count(*)
          from public.provider_routes as r
          join public.jobs as j on j.route_id = r.id and j.finished_at is null
          where r.provider = f.provider
        )
      );
end;
$$;
