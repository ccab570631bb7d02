-- Users with a month's credits to grant now, the longest due first.
create function private.due_payment_grants(p_now timestamptz default now(), p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select g.user_id
  from private.payment_grants as g
  where g.lot_seq is null and not g.is_cancelled and g.due_at <= p_now
  group by g.user_id
  order by min(g.due_at)
  limit p_limit;
$$;
