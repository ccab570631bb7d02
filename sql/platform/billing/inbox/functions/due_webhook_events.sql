-- The stored events to try again now, the longest due first.
create function private.due_webhook_events(p_now timestamptz default now(), p_limit integer default 200)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select e.id
  from public.webhook_events as e
  where e.next_attempt_at <= p_now
  order by e.next_attempt_at
  limit p_limit;
$$;
