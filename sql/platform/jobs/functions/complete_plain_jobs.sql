-- Ends locked jobs that have neither handler nor hold, together.
create function private.complete_plain_jobs(
  p_job_ids uuid[],
  p_completions jsonb,
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if cardinality(p_job_ids) is null then
    return;
  end if;
  with ended as (
    update public.jobs as j
    set
      status = 'completed',
      result = coalesce(c.value -> 'result', '{}'::jsonb),
      error = null,
      progress = 100,
      lock_token = null,
      lease_expires_at = null,
      due_at = null,
      finished_at = p_now
    from jsonb_array_elements(p_completions) as c
    where j.id = any (p_job_ids) and j.id = (c.value ->> 'job_id')::uuid
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
