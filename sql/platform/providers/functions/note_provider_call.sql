-- What a call says about its provider. 'ok': it gave a result, or an answer to what was
-- asked. 'taken': it took an order, which it may still fail: a rest is over, but its
-- faults are not forgotten. 'fault': it was down, too slow, too busy, or refused us. Enough faults in a row, of different
-- jobs (one job that breaks the provider opens no circuit), or one with Retry-After,
-- give it a rest; a fault after the rest a longer one.
create function private.note_provider_call(
  p_provider text,
  p_operation text,
  p_outcome text,
  p_job_id uuid default null,
  p_status integer default null,
  p_retry_after interval default null,
  p_now timestamptz default now()
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  -- least() ignores a null.
  v_retry_after interval := case
    when p_retry_after is not null then least(p_retry_after, interval '1 hour')
  end;
  v_provider public.providers;
  v_circuit public.provider_circuits;
  v_rest interval;
begin
  if p_outcome = 'ok' then
    -- News from before a rest do not end it; a closed circuit is not written to.
    update public.provider_circuits as c
    set
      faults = 0, last_fault_job_id = null, openings = 0, open_until = null, probe_until = null,
      updated_at = p_now
    where c.provider = p_provider and c.operation = p_operation
      and (c.faults > 0 or c.open_until is not null)
      and (c.open_until is null or c.open_until <= p_now);
    return;
  end if;
  select * into v_provider from public.providers as s where s.name = p_provider;
  if p_outcome = 'taken' then
    update public.provider_circuits as c
    set
      faults = least(c.faults, v_provider.fault_limit - 1), open_until = null, probe_until = null,
      updated_at = p_now
    where c.provider = p_provider and c.operation = p_operation and c.open_until <= p_now;
    return;
  end if;
  if p_outcome is distinct from 'fault' or not found then
    return;
  end if;

  insert into public.provider_circuits (provider, operation)
  values (p_provider, p_operation)
  on conflict (provider, operation) do nothing;
  select * into v_circuit
  from public.provider_circuits as c
  where c.provider = p_provider and c.operation = p_operation
  for no key update;

  if v_circuit.open_until > p_now then
    -- One that was under way when the rest began; it only counts with a longer wish.
    v_circuit.open_until := greatest(v_circuit.open_until, p_now + v_retry_after);
  else
    if p_job_id is null or p_job_id is distinct from v_circuit.last_fault_job_id then
      v_circuit.faults := v_circuit.faults + 1;
    end if;
    if v_circuit.open_until is not null or v_retry_after > interval '0'
      or v_circuit.faults >= v_provider.fault_limit then
      v_rest := least(
        v_provider.cool_down * power(2, least(v_circuit.openings, 20)), v_provider.max_cool_down
      );
      v_circuit.open_until := p_now + greatest(v_rest, v_retry_after);
      v_circuit.openings := v_circuit.openings + 1;
      v_circuit.probe_until := null;
    end if;
  end if;

  update public.provider_circuits as c
  set
    faults = v_circuit.faults,
    last_fault_job_id = p_job_id,
    last_status = p_status,
    openings = v_circuit.openings,
    open_until = v_circuit.open_until,
    probe_until = v_circuit.probe_until,
    updated_at = p_now
  where c.provider = p_provider and c.operation = p_operation;
end;
$$;
