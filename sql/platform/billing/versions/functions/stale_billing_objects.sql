-- The objects to fetch now, and notes that somebody goes to: who was asked for often
-- without an answer waits longer, up to a day.
create function private.stale_billing_objects(p_limit integer default 100, p_now timestamptz default now())
returns table (source text, type text, id text, stale_since timestamptz)
language plpgsql
security definer            -- the versions are not the caller's to write
set search_path = ''
as $$
#variable_conflict use_column
begin
  if p_limit is null or p_limit not between 1 and 1000 then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format('%s objects were asked for.', coalesce(p_limit::text, 'null')),
      hint = 'Ask for 1 to 1000.';
  end if;
  return query
    with due as (
      select o.source, o.type, o.id
      from private.billing_objects as o
      where o.stale_since is not null
        and (
          o.asked_at is null
          or o.asked_at < p_now - least(interval '30 seconds' * power(2, least(o.asks, 20)), interval '1 day')
        )
      order by o.asked_at nulls first, o.stale_since
      limit p_limit
      for no key update skip locked
    )
    update private.billing_objects as o
    set asked_at = p_now, asks = o.asks + 1
    from due as d
    where o.source = d.source and o.type = d.type and o.id = d.id
    returning o.source, o.type, o.id, o.stale_since;
end;
$$;
grant execute on function private.stale_billing_objects(integer, timestamptz) to service_role;
