-- Applies a stored event again, for operators. An applied one stays as it is: its
-- facts are keyed by business object and would change nothing.
create function private.replay_webhook_event(p_event_id uuid, p_now timestamptz default now())
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
  return private.process_webhook_event(v_event, p_now);
end;
$$;
grant execute on function private.replay_webhook_event(uuid, timestamptz) to service_role;
