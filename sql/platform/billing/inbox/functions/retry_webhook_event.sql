-- What cron does with an event that is due: tries it again, unless somebody did.
create function private.retry_webhook_event(p_event_id uuid)
returns public.webhook_events
language sql
set search_path = ''
as $$
  select private.replay_webhook_event(p_event_id, now(), true);
$$;
