-- Puts a locked, claimed job back into its lane for a later claim. With an
-- outcome the attempt is recorded; without, the claim did not count.
create function private.requeue_locked_job(
  p_job public.jobs,
  p_run_at timestamptz,
  p_outcome text default null,
  p_error text default null
)
returns public.jobs
language plpgsql
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  if p_outcome is not null then
    perform private.record_attempt(p_job, p_outcome, p_error);
  end if;
  update public.jobs as j
  set
    status = 'queued',
    run_at = p_run_at,
    attempts = case when p_outcome is null then greatest(j.attempts - 1, 0) else j.attempts end,
    error = left(p_error, 2000),
    -- A lost lease keeps the provider's task, which is asked again; a failure
    -- starts over.
    state = case when p_outcome is distinct from 'failed' then j.state end,
    -- A new start may choose another provider.
    route_id = case when p_outcome = 'lease_expired' then j.route_id end,
    lock_token = null,
    lease_expires_at = null,
    due_at = j.deadline
  where j.id = p_job.id
  returning * into v_job;
  perform private.leave_lane(p_job);
  perform private.add_to_lane(p_job.type, p_job.user_id, 1, p_job.priority, p_run_at);
  return v_job;
end;
$$;
