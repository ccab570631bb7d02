-- Notes that an object has to be fetched from its sender. Whop's are not: their times
-- are fine enough to decide.
create function private.mark_stale(p_source text, p_type text, p_id text)
returns void
language sql
set search_path = ''
as $$
  update private.billing_objects as o
  set stale_since = coalesce(o.stale_since, now())
  where p_source = 'stripe' and o.source = p_source and o.type = p_type and o.id = p_id;
$$;
