-- What the sweep calls: reaps a job, or notes why that raised and looks again in a
-- minute, so that such jobs never crowd the others out of the sweep.
create function private.reap_job(p_job_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.reap_due_job(p_job_id, p_now);
exception when others then
  if sqlstate in ('40001', '40P01') then
    raise;
  end if;
  insert into private.handler_errors (job_id, error)
  values (p_job_id, left(format('reap: %s (%s)', sqlerrm, sqlstate), 2000));
  update public.jobs as j
  set due_at = p_now + interval '1 minute'
  where j.id = p_job_id and j.finished_at is null;
end;
$$;
