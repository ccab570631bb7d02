-- Applies a locked event in a subtransaction and writes down what came of it.
-- Backoff doubles from 10 seconds to 6 hours; after the last attempt (setting
-- webhook_attempts) the event is failed for good: admins see it and can replay it,
-- and what it waits for, should it appear, still starts it.
create function private.process_webhook_event(p_event public.webhook_events, p_now timestamptz)
returns public.webhook_events
language plpgsql
set search_path = ''
as $$
declare
  v_event public.webhook_events := p_event;
  v_result text;
  v_is_last boolean;
begin
  v_event.error := null;
  v_event.waiting_for := null;
  begin
    v_result := case p_event.source
      when 'stripe' then private.apply_stripe_event(p_event, p_now)
      when 'whop' then private.apply_whop_event(p_event, p_now)
    end;
  exception when others then
    -- A deadlock or a serialization failure is the sender's to repeat whole.
    if sqlstate in ('40001', '40P01') then
      raise;
    end if;
    v_result := 'failed';
    v_event.error := format('%s (%s)', sqlerrm, sqlstate);
  end;
  if v_result = 'failed' then
    perform private.keep_failed_version(p_event);
  end if;
  v_event.attempts := p_event.attempts + 1;
  if v_result in ('applied', 'ignored') then
    v_event.processed_at := p_now;
    v_event.next_attempt_at := null;
    if v_result = 'applied' and p_event.status = 'applied' and p_event.attempts = 0 then
      v_event.status := 'applied';
      return v_event;             -- as record_webhook_event has just written it
    end if;
  else
    v_event.processed_at := null;
    if v_result <> 'failed' then
      v_event.waiting_for := v_result;
      v_event.error := format('%s is not known yet.', v_result);
      v_result := 'waiting';
    end if;
    v_is_last := v_event.attempts >= private.setting('webhook_attempts', '24')::integer;
    v_event.next_attempt_at := case
      when not v_is_last
        then p_now + least(interval '10 seconds' * power(2, least(p_event.attempts, 20)), interval '6 hours')
    end;
    if v_is_last then
      v_result := 'failed';
    end if;
  end if;
  update public.webhook_events as e
  set
    status = v_result,
    waiting_for = v_event.waiting_for,
    error = v_event.error,
    attempts = v_event.attempts,
    processed_at = v_event.processed_at,
    next_attempt_at = v_event.next_attempt_at
  where e.id = p_event.id
  returning * into v_event;
  return v_event;
end;
$$;
