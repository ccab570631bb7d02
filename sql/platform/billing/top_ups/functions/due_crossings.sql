-- The users whose balance fell below what is watched, the longest ago first.
create function private.due_crossings(p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select c.user_id from private.balance_crossings as c order by c.id limit p_limit;
$$;
