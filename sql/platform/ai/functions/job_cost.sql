-- What a job's calls cost us so far; null when nothing is known.
create function private.job_cost(p_job_id uuid)
returns numeric
language sql
stable
set search_path = ''
as $$
  select sum(l.cost) from public.api_usage_logs as l where l.job_id = p_job_id;
$$;
