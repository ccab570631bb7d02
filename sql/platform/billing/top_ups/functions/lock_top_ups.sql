-- Locks what jobs stand on: the settings of their users, then the top-ups, by id.
create function private.lock_top_ups(p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from public.auto_top_ups as s
  where s.user_id in (select j.user_id from unnest(p_jobs) as j)
  order by s.user_id
  for no key update;
  perform 1
  from public.top_ups as t
  where t.id in (select j.subject_id from unnest(p_jobs) as j)
  order by t.id
  for no key update;
end;
$$;
