-- The open holds whose deadline has passed, the longest due first.
create function private.due_holds(p_now timestamptz default now(), p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select h.id
  from public.credit_holds as h
  where h.status = 'held' and h.expires_at <= p_now
  order by h.expires_at
  limit p_limit;
$$;
