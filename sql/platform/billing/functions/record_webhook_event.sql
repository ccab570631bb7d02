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
begin
  if p_source is null or p_source not in ('stripe', 'whop') then
    raise exception using
      errcode = 'PT400', message = 'source_unknown',
      detail = format('"%s" sends no webhooks here.', left(p_source, 100)), hint = 'Use stripe or whop.';
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

  insert into public.webhook_events as e (source, external_id, event_type, payload, received_at)
  values (p_source, p_event ->> 'id', p_event ->> 'type', p_event, p_now)
  on conflict (source, external_id) do nothing
  returning * into v_event;
  if not found then
    select * into v_event
    from public.webhook_events as e
    where e.source = p_source and e.external_id = p_event ->> 'id'
    for no key update;
    if v_event.status in ('applied', 'ignored') then
      return v_event;
    end if;
  end if;
  return private.process_webhook_event(v_event, p_now);
end;
$$;
grant execute on function private.record_webhook_event(text, jsonb, timestamptz) to service_role;
