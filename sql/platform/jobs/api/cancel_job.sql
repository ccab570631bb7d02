create function public.cancel_job(
  p_job_id uuid
)
returns public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select private.cancel_job(p_job_id);
end;
grant execute on function public.cancel_job(uuid) to authenticated;
comment on function public.cancel_job(uuid) is
  'Stops a job of the caller and returns it; its hold returns. Repeating it changes nothing. Errors: PT404 job_not_found; PT409 job_already_ended; PT403 not_signed_in.';
