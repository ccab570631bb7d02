-- The jobs that a sweep must look at now, the longest due first.
create function private.due_jobs(p_now timestamptz default now(), p_limit integer default 1000)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select j.id from public.jobs as j where j.due_at <= p_now order by j.due_at limit p_limit;
$$;
