-- The users whose top-up was held back until now.
create function private.due_looks(p_now timestamptz default now(), p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select t.user_id
  from public.auto_top_ups as t
  where t.look_again_at <= p_now
  order by t.look_again_at
  limit p_limit;
$$;
