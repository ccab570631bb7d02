-- Applies a stored event again, for operators, cron and senders that repeat. What it
-- did before it does not do twice: what it says is kept already, and all else
-- follows from what is kept.
create function private.replay_webhook_event(
  p_event_id uuid,
  p_now timestamptz default now(),
  p_only_open boolean default false
)
returns public.webhook_events
language plpgsql
security definer            -- the inbox is not the caller's to write
set search_path = ''
as $$
declare
  v_event public.webhook_events;
begin
  select * into v_event from public.webhook_events as e where e.id = p_event_id for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'event_not_found',
      detail = format('There is no webhook event %s.', coalesce(p_event_id::text, 'null')),
      hint = 'Send the id of a row of webhook_events.';
  end if;
  -- Somebody else may have applied it while we waited.
  if p_only_open and v_event.status in ('applied', 'ignored') then
    return v_event;
  end if;
  if v_event.object_type is null and private.billing_object_type(v_event.source, v_event.event_type) is not null then
    -- Of a type that had no effect when it came.
    update public.webhook_events as e
    set
      object_type = private.billing_object_type(e.source, e.event_type),
      object_id = e.payload #>> '{data,object,id}'
    where e.id = p_event_id
    returning * into v_event;
  end if;
  return private.process_webhook_event(v_event, p_now);
end;
$$;
grant execute on function private.replay_webhook_event(uuid, timestamptz, boolean) to service_role;
