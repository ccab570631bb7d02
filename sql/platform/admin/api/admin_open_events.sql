create function public.admin_open_events(p_limit integer default 100)
returns table (
  id uuid, source text, external_id text, event_type text, object_type text, object_id text, status text,
  waiting_for text, error text, attempts integer, next_attempt_at timestamptz, received_at timestamptz
)
language sql
security invoker
set search_path = ''
begin atomic
  select
    e.id, e.source, e.external_id, e.event_type, e.object_type, e.object_id, e.status, e.waiting_for,
    e.error, e.attempts, e.next_attempt_at, e.received_at
  from private.admin_open_events(p_limit) as e;
end;
grant execute on function public.admin_open_events(integer) to authenticated;
comment on function public.admin_open_events(integer) is
  'Webhook events that wait for something or failed, those without a next attempt first; admin_replay_event tries one again. Errors: PT403 admin_only; PT400 limit_invalid.';
