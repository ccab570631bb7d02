create function public.admin_replay_event(
  p_event_id uuid
)
returns public.webhook_events
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_replay_event(p_event_id);
end;
grant execute on function public.admin_replay_event(uuid) to authenticated;
comment on function public.admin_replay_event(uuid) is
  'An admin applies a stored webhook event again and returns its row. Errors: PT403 admin_only; PT404 event_not_found.';
