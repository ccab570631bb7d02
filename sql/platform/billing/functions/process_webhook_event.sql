-- Applies a locked event in a subtransaction and writes down what came of it.
-- Backoff doubles from 10 seconds to 6 hours; nothing is given up in silence.
create function private.process_webhook_event(p_event public.webhook_events, p_now timestamptz)
returns public.webhook_events
language plpgsql
set search_path = ''
as $$
declare
  v_event public.webhook_events;
  v_status text;
  v_error text;
begin
  begin
    v_status := case p_event.source
      when 'stripe' then private.apply_stripe_event(p_event.payload, p_now)
      else 'ignored'
    end;
    if v_status = 'waiting' then
      v_error := 'It is about something that is not known yet.';
    end if;
  exception when others then
    -- A deadlock or a serialization failure is the sender's to repeat whole.
    if sqlstate in ('40001', '40P01') then
      raise;
    end if;
    v_status := 'failed';
    v_error := format('%s (%s)', sqlerrm, sqlstate);
  end;
  update public.webhook_events as e
  set
    status = v_status,
    error = v_error,
    attempts = e.attempts + 1,
    processed_at = case when v_status in ('applied', 'ignored') then p_now end,
    next_attempt_at = case
      when v_status in ('waiting', 'failed')
        then p_now + least(interval '10 seconds' * power(2, least(e.attempts, 20)), interval '6 hours')
    end
  where e.id = p_event.id
  returning * into v_event;
  return v_event;
end;
$$;
