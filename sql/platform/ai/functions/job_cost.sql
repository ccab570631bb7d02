-- What a job's calls cost us so far; null when nothing is known.
create function private.job_cost(p_job_id uuid)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select sum(l.cost) from public.api_usage_logs as l where l.job_id = p_job_id);
end;
$$;
