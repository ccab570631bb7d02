create function public.record_webhook_event(p_source text, p_event jsonb)
returns public.webhook_events
language sql
security invoker
set search_path = ''
begin atomic
  select private.record_webhook_event(p_source, p_event);
end;
grant execute on function public.record_webhook_event(text, jsonb) to service_role;
comment on function public.record_webhook_event(text, jsonb) is
  'Stores a verified event of stripe or whop once and applies it once, in one transaction; returns the row with its status. Errors: PT400 source_unknown, event_invalid.';
