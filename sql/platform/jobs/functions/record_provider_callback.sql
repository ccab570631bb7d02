-- A provider says that its task ended. The payload is kept and its job is made
-- runnable now; a worker then finishes it like a poll would, so that of callback
-- and poll one counts and the other is a note.
create function private.record_provider_callback(
  p_provider text,
  p_external_id text,
  p_payload jsonb,
  p_now timestamptz default now()
)
returns jsonb
language plpgsql
security definer            -- jobs and tasks are not the caller's to write
set search_path = ''
as $$
declare
  v_job_id uuid;
  v_job public.jobs;
begin
  perform private.check_text('p_provider', p_provider, 100);
  perform private.check_text('p_external_id', p_external_id, 500);
  -- Twice at most: the task may appear between the look and the insert.
  for i in 1 .. 2 loop
    select k.job_id into v_job_id
    from private.provider_tasks as k
    where k.provider = p_provider and k.external_id = p_external_id;
    exit when v_job_id is not null;
    insert into private.provider_tasks as k (provider, external_id, callback, called_back_at)
    values (p_provider, p_external_id, coalesce(p_payload, '{}'::jsonb), p_now)
    on conflict (provider, external_id) do nothing;
    if found then
      return jsonb_build_object('outcome', 'unknown', 'job_id', null);
    end if;
  end loop;
  if v_job_id is null then
    return jsonb_build_object('outcome', 'unknown', 'job_id', null);
  end if;

  select * into v_job from public.jobs as j where j.id = v_job_id for no key update;
  update private.provider_tasks as k
  set
    -- Of what ended nobody reads it any more, and its user may have left.
    callback = coalesce(k.callback, case when v_job.finished_at is null then p_payload end, '{}'::jsonb),
    called_back_at = coalesce(k.called_back_at, p_now)
  where k.provider = p_provider and k.external_id = p_external_id;
  -- A late repeat about an order that was given up must not end the one after it.
  if v_job.finished_at is not null
    or (v_job.status = 'waiting' and (v_job.state ->> 'provider', v_job.state ->> 'external_id')
      is distinct from (p_provider, p_external_id)) then
    return jsonb_build_object('outcome', 'already_ended', 'job_id', v_job_id);
  end if;
  if v_job.status = 'waiting' and v_job.result is null then
    update public.jobs as j
    set
      run_at = least(j.run_at, p_now),
      state = j.state || jsonb_build_object('callback', coalesce(p_payload, '{}'::jsonb))
    where j.id = v_job_id;
    perform private.ring_doorbell();
  end if;
  return jsonb_build_object('outcome', 'woken', 'job_id', v_job_id);
end;
$$;
grant execute on function private.record_provider_callback(text, text, jsonb, timestamptz) to service_role;
