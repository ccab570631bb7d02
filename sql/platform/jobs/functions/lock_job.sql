-- Locks what a job stands on, top-down: the product's rows, the lane (in a chain the
-- next job's too, where its success will enqueue), the job. Types, user and subject of a job never change, so they are read before. The
-- state is then read under the lock.
create function private.lock_job(p_job_id uuid)
returns public.jobs
language plpgsql
security definer            -- jobs and product rows are not the caller's to lock
set search_path = ''
as $$
declare
  v_job public.jobs;
  v_lock_subject text;
begin
  select * into v_job from public.jobs as j where j.id = p_job_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'job_not_found',
      detail = format('There is no job %s.', coalesce(p_job_id::text, 'null')),
      hint = 'Send the id of a job.';
  end if;
  select t.lock_subject into v_lock_subject from public.job_types as t where t.type = v_job.type;
  if v_lock_subject is not null then
    perform private.lock_subjects(v_lock_subject, array[v_job]);
  end if;
  if v_job.next_type is null then
    perform 1
    from private.job_lanes as l
    where l.type = v_job.type and l.user_id = v_job.user_id
    for no key update;
  else
    perform 1
    from private.job_lanes as l
    where l.type in (v_job.type, v_job.next_type) and l.user_id = v_job.user_id
    order by l.type
    for no key update;
  end if;
  select * into v_job from public.jobs as j where j.id = p_job_id for no key update;
  return v_job;
end;
$$;
