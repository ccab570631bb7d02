-- When a lane's next queued job is due, by a skip over its priorities: one index
-- look a priority, however long the queue is.
create function private.next_run_at(p_type text, p_user_id uuid, p_now timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    with recursive head as (
      (
        select q.priority, q.run_at
        from public.jobs as q
        where q.status = 'queued' and q.type = p_type and q.user_id = p_user_id
          and q.deadline > p_now
        order by q.priority, q.run_at
        limit 1
      )
      union all
      select n.priority, n.run_at
      from head as h
      cross join lateral (
        select q.priority, q.run_at
        from public.jobs as q
        where q.status = 'queued' and q.type = p_type and q.user_id = p_user_id
          and q.priority > h.priority and q.deadline > p_now
        order by q.priority, q.run_at
        limit 1
      ) as n
    )
    select coalesce(min(h.run_at), 'infinity') from head as h
  );
end;
$$;
