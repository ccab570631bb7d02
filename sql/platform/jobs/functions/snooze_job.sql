-- Lays a claimed job aside until p_run_at. With a state that names the provider's
-- task it is waiting and keeps its slot, and a callback for that task wakes it;
-- without, it is queued again and gives its slot back. Neither counts as an attempt.
create function private.snooze_job(
  p_job_id uuid,
  p_lock_token uuid,
  p_run_at timestamptz,
  p_state jsonb default null,
  p_now timestamptz default now()
)
returns public.jobs
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_job public.jobs := private.lock_claimed_job(p_job_id, p_lock_token, p_now);
  v_callback jsonb;
begin
  if p_run_at is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_run_at must not be null.', hint = 'Send the time of the next look.';
  end if;
  if p_state is null then
    return private.requeue_locked_job(v_job, p_run_at);
  end if;
  if jsonb_typeof(p_state) <> 'object' or pg_column_size(p_state) > 65536
    -- As long as a callback may name them: both are the key of the task.
    or coalesce(char_length(p_state ->> 'provider'), 0) not between 1 and 100
    or coalesce(char_length(p_state ->> 'external_id'), 0) not between 1 and 500 then
    raise exception using
      errcode = 'PT400', message = 'state_invalid',
      detail = 'The state is not a small object with provider and external_id.',
      hint = 'Send {"provider", "external_id", …}, at most 100 and 500 characters and 64 kB in all.';
  end if;

  -- The job first, then the task, as the callback does. A callback that came
  -- before this commit is waiting in the task row.
  insert into private.provider_tasks as k (provider, external_id, job_id)
  values (p_state ->> 'provider', p_state ->> 'external_id', p_job_id)
  on conflict (provider, external_id) do update
  set job_id = coalesce(k.job_id, excluded.job_id)
  returning k.callback into v_callback;
  -- Heard once is enough: the worker keeps a callback in the state that it has seen.
  if p_state ? 'callback' then
    v_callback := null;
  end if;

  update public.jobs as j
  set
    status = 'waiting',
    run_at = case when v_callback is null then p_run_at else p_now end,
    state = case
      when v_callback is null then p_state
      else p_state || jsonb_build_object('callback', v_callback)
    end,
    lock_token = null,
    lease_expires_at = null,
    due_at = j.deadline
  where j.id = p_job_id
  returning * into v_job;
  if v_callback is not null then
    perform private.ring_doorbell();
  end if;
  return v_job;
end;
$$;
grant execute on function private.snooze_job(uuid, uuid, timestamptz, jsonb, timestamptz) to service_role;
