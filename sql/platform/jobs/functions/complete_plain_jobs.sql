-- Ends, together, those of the locked jobs that have neither handler nor hold.
-- p_results is {job id: result}.
create function private.complete_plain_jobs(p_results jsonb, p_now timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  with ended as (
    update public.jobs as j
    set
      status = 'completed',
      result = r.value,
      error = null,
      progress = 100,
      lock_token = null,
      lease_expires_at = null,
      due_at = null,
      finished_at = p_now
    from jsonb_each(p_results) as r, public.job_types as t
    where j.id = r.key::uuid and t.type = j.type and j.hold_id is null and t.on_success is null
    returning j.id, j.type, j.user_id, j.attempts, j.worker, j.started_at
  ),
  lane as (
    update private.job_lanes as l
    set running = l.running - e.n
    from (
      select d.type, d.user_id, count(*)::integer as n from ended as d group by d.type, d.user_id
    ) as e
    where l.type = e.type and l.user_id = e.user_id
  )
  insert into public.job_attempts as a (job_id, attempt, user_id, worker, outcome, started_at)
  select e.id, e.attempts, e.user_id, e.worker, 'completed', e.started_at
  from ended as e
  on conflict (job_id, attempt) do update
  set outcome = excluded.outcome, error = null, finished_at = excluded.finished_at;
end;
$$;
