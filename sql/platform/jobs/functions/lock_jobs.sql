-- Locks many jobs with what they stand on, in phases and each phase in order:
-- product rows, lanes, jobs. So it deadlocks with no single end and no other batch.
create function private.lock_jobs(p_job_ids uuid[])
returns void
language plpgsql
security definer            -- jobs and product rows are not the caller's to lock
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  for v_job in
    select j.*
    from public.jobs as j
    join public.job_types as t on t.type = j.type
    where j.id = any (p_job_ids) and t.lock_subject is not null
    order by t.lock_subject, j.subject_id
  loop
    perform private.run_handler(
      (select t.lock_subject from public.job_types as t where t.type = v_job.type), v_job
    );
  end loop;
  perform 1
  from private.job_lanes as l
  where (l.type, l.user_id) in (
    select j.type, j.user_id from public.jobs as j where j.id = any (p_job_ids)
  )
  order by l.type, l.user_id
  for update;
  perform 1 from public.jobs as j where j.id = any (p_job_ids) order by j.id for update;
end;
$$;
