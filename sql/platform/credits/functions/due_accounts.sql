-- The accounts with lots that are due to expire, the longest due first.
create function private.due_accounts(p_now timestamptz default now(), p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select a.user_id
  from public.credit_accounts as a
  where a.next_expiry_at <= p_now
  order by a.next_expiry_at
  limit p_limit;
$$;
