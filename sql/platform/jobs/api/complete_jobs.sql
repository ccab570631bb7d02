create function public.complete_jobs(p_completions jsonb)
returns table (job_id uuid, status text, error text)
language sql
security invoker
set search_path = ''
begin atomic
  select c.job_id, c.status, c.error from private.complete_jobs(p_completions) as c;
end;
grant execute on function public.complete_jobs(jsonb) to service_role;
comment on function public.complete_jobs(jsonb) is
  'At most 1000 successes [{job_id, lock_token, result}] in one transaction. One row an item in order: the job''s status, or error = lease_lost, job_not_found, result_too_large. Errors of the whole call: PT400 batch_invalid.';
