create function public.replay_webhook_event(p_event_id uuid)
returns public.webhook_events
language sql
security invoker
set search_path = ''
begin atomic
  select private.replay_webhook_event(p_event_id);
end;
grant execute on function public.replay_webhook_event(uuid) to service_role;
comment on function public.replay_webhook_event(uuid) is
  'Applies a stored event again and returns its row; what it did before is not done twice. Errors: PT404 event_not_found.';
