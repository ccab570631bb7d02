-- Every sender's events come in here: stored once, applied once, in one
-- transaction. A repeated event returns the row; if it was not applied yet, it is
-- tried again. What cannot be applied is kept with its error for cron.
create function private.record_webhook_event(p_source text, p_event jsonb, p_now timestamptz default now())
returns public.webhook_events
language plpgsql
security definer            -- the inbox is not the caller's to write
set search_path = ''
as $$
declare
  v_event public.webhook_events;
  v_type text;
begin
  if p_source is null or p_source not in ('stripe', 'whop') then
    perform private.refuse_source(p_source);
  end if;
  if p_event is null or jsonb_typeof(p_event) <> 'object'
    or jsonb_typeof(p_event -> 'id') is distinct from 'string'
    or jsonb_typeof(p_event -> 'type') is distinct from 'string'
    or char_length(p_event ->> 'id') not between 1 and 255
    or char_length(p_event ->> 'type') not between 1 and 255 then
    raise exception using
      errcode = 'PT400', message = 'event_invalid',
      detail = 'The event has no id and type.', hint = 'Send the event as its sender sent it.';
  end if;
  v_type := private.billing_object_type(p_source, p_event ->> 'type');

  -- Written as it will mostly be, once: nobody sees the row before it is true.
  insert into public.webhook_events as e (
    source, external_id, event_type, payload, object_type, object_id, status, attempts, received_at,
    processed_at
  )
  values (
    p_source, p_event ->> 'id', p_event ->> 'type', p_event, v_type,
    case
      when v_type is not null
        then p_event #>> case p_source when 'stripe' then '{data,object,id}' else '{data,id}' end::text[]
    end,
    case when v_type is not null then 'applied' else 'ignored' end, 1, p_now, p_now
  )
  on conflict (source, external_id) do nothing
  returning * into v_event;
  if found then
    if v_type is null then
      return v_event;
    end if;
    v_event.attempts := 0;
    return private.process_webhook_event(v_event, p_now);
  end if;

  -- A repetition is common and writes nothing: it looks before it locks.
  select * into v_event
  from public.webhook_events as e
  where e.source = p_source and e.external_id = p_event ->> 'id';
  if v_event.status in ('applied', 'ignored') then
    return v_event;
  end if;
  return private.replay_webhook_event(v_event.id, p_now, true);
end;
$$;
grant execute on function private.record_webhook_event(text, jsonb, timestamptz) to service_role;
