-- Locks many jobs with what they stand on, in phases and each phase in order:
-- product rows, lanes, jobs. So it deadlocks with no single end and no other batch.
create function private.lock_jobs(p_job_ids uuid[])
returns void
language plpgsql
security definer            -- jobs and product rows are not the caller's to lock
set search_path = ''
as $$
declare
  v_subject record;
begin
  for v_subject in
    select t.lock_subject, array_agg(j) as jobs
    from public.jobs as j
    join public.job_types as t on t.type = j.type
    where j.id = any (p_job_ids) and t.lock_subject is not null
    group by t.lock_subject
    order by t.lock_subject
  loop
    perform private.lock_subjects(v_subject.lock_subject, v_subject.jobs);
  end loop;
  perform 1
  from private.job_lanes as l
  where (l.type, l.user_id) in (
    select j.type, j.user_id from public.jobs as j where j.id = any (p_job_ids)
    union all
    select j.next_type, j.user_id
    from public.jobs as j
    where j.id = any (p_job_ids) and j.next_type is not null
  )
  order by l.type, l.user_id
  for no key update;
  perform 1 from public.jobs as j where j.id = any (p_job_ids) order by j.id for no key update;
end;
$$;
