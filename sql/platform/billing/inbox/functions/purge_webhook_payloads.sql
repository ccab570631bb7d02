-- Empties payloads of events that were applied or ignored longer ago than the
-- setting webhook_payload_days (90; 0 keeps them). What they said of their objects
-- is kept in private.billing_versions.
create function private.purge_webhook_payloads(p_now timestamptz default now(), p_limit integer default 10000)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_days integer := private.setting('webhook_payload_days', '90')::integer;
  v_count integer;
begin
  if v_days = 0 then
    return 0;
  end if;
  update public.webhook_events as e
  set
    payload = jsonb_strip_nulls(
      jsonb_build_object('id', e.payload -> 'id', 'type', e.payload -> 'type', 'created', e.payload -> 'created')
    ),
    purged_at = p_now
  from (
    select w.id
    from public.webhook_events as w
    where w.received_at < p_now - make_interval(days => v_days)
      and w.purged_at is null and w.status in ('applied', 'ignored')
    limit p_limit
    for no key update skip locked
  ) as w
  where e.id = w.id;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;
