-- Locks a top-up behind its user's setting, in that order everywhere. No such top-up:
-- a row of nulls.
create function private.lock_top_up(p_top_up_id uuid)
returns public.top_ups
language plpgsql
set search_path = ''
as $$
declare
  v_top_up public.top_ups;
begin
  perform 1
  from public.auto_top_ups as s
  where s.user_id = (select t.user_id from public.top_ups as t where t.id = p_top_up_id)
  for no key update;
  select * into v_top_up from public.top_ups as t where t.id = p_top_up_id for no key update;
  return v_top_up;
end;
$$;
