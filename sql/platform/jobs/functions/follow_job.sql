-- Enqueues the job that a successful one's next_type names, under the same hold: what
-- is held for the rest of the chain stays held. For handlers of success, which run
-- before the hold is settled and while the lane of next_type is locked.
create function private.follow_job(
  p_job public.jobs,
  p_subject_id uuid,
  p_payload jsonb,
  p_price integer,
  p_next_type text default null,
  p_now timestamptz default now()
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.add_to_lane(p_job.next_type, p_job.user_id, 1, p_job.priority, p_now);
  insert into public.jobs as j (
    user_id, type, subject_id, payload, priority, max_attempts, run_at, price, hold_id, next_type,
    deadline, due_at
  )
  select
    p_job.user_id, t.type, p_subject_id, p_payload, p_job.priority, t.max_attempts, p_now, p_price,
    p_job.hold_id, p_next_type, p_now + t.deadline, p_now + t.deadline
  from public.job_types as t
  where t.type = p_job.next_type;
end;
$$;
