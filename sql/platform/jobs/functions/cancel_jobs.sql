-- Cancels many jobs whose product rows are locked or gone: all lanes first, then
-- all jobs, then accounts, each in order, so that it deadlocks with no single end.
create function private.cancel_jobs(p_job_ids uuid[], p_reason text, p_now timestamptz default now())
returns void
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  perform 1
  from private.job_lanes as l
  where (l.type, l.user_id) in (
    select j.type, j.user_id from public.jobs as j where j.id = any (p_job_ids)
  )
  order by l.type, l.user_id
  for update;
  perform 1 from public.jobs as j where j.id = any (p_job_ids) order by j.id for update;
  for v_job in
    select *
    from public.jobs as j
    where j.id = any (p_job_ids) and j.finished_at is null
    order by j.user_id, j.id
  loop
    perform private.cancel_locked_job(v_job, p_reason, p_now);
  end loop;
end;
$$;
