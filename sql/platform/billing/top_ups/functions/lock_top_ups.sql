-- Locks what jobs stand on: the billing of their users, which is a row of customers
-- each, then the top-ups, by id.
create function private.lock_top_ups(p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.lock_customer(u.user_id)
  from (select distinct j.user_id from unnest(p_jobs) as j order by 1) as u;
  perform 1
  from public.top_ups as t
  where t.id in (select j.subject_id from unnest(p_jobs) as j)
  order by t.id
  for no key update;
end;
$$;
