-- Events that were not applied: those that wait or are retried, and first those that
-- were given up.
create function private.admin_open_events(p_limit integer)
returns table (
  id uuid, source text, external_id text, event_type text, object_type text, object_id text, status text,
  waiting_for text, error text, attempts integer, next_attempt_at timestamptz, received_at timestamptz
)
language plpgsql
stable
security definer            -- checks the caller's role itself
set search_path = ''
as $$
begin
  perform private.require_admin();
  if p_limit is null or p_limit not between 1 and 1000 then
    raise exception using
      errcode = 'PT400', message = 'limit_invalid',
      detail = format('%s events were asked for.', coalesce(p_limit::text, 'null')),
      hint = 'Ask for 1 to 1000.';
  end if;
  return query
    select
      e.id, e.source, e.external_id, e.event_type, e.object_type, e.object_id, e.status, e.waiting_for,
      e.error, e.attempts, e.next_attempt_at, e.received_at
    from public.webhook_events as e
    where e.status in ('received', 'waiting', 'failed')
    order by e.next_attempt_at is null desc, e.received_at
    limit p_limit;
end;
$$;
grant execute on function private.admin_open_events(integer) to authenticated;
