-- What is due of one job, checked again under the lock: its deadline, a lost
-- lease, a result whose handler failed.
create function private.reap_due_job(p_job_id uuid, p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_job(p_job_id);
begin
  if v_job.finished_at is not null or v_job.due_at > p_now then
    return;
  end if;
  if v_job.status = 'waiting' and v_job.result is not null then
    perform private.succeed_locked_job(v_job, p_now);
  elsif v_job.deadline <= p_now then
    perform private.fail_locked_job(
      v_job, 'The work took too long and was stopped.', false, p_now, 'deadline_passed'
    );
  elsif v_job.status = 'processing' then
    perform private.fail_locked_job(
      v_job, 'The work was interrupted.', true, p_now, 'lease_expired', interval '0'
    );
  end if;
end;
$$;
