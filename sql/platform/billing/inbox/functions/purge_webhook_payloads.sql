-- Empties payloads of events that came longer ago than the setting
-- webhook_payload_days (90; 0 keeps them) and are done: applied, ignored, or given up
-- with what they said kept in private.billing_versions. That is all that a replay needs.
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
  -- By their ids, whatever the planner thinks of how many they are.
  update public.webhook_events as e
  set payload = private.bare_payload(e.payload), purged_at = p_now
  where e.id = any (
    array(
      select w.id
      from public.webhook_events as w
      where w.received_at < p_now - make_interval(days => v_days)
        and w.purged_at is null
        and (
          w.status in ('applied', 'ignored')
          or (
            w.status = 'failed' and w.next_attempt_at is null and (
              select true
              from private.billing_versions as v
              where v.source = w.source and v.type = w.object_type and v.object_id = w.object_id
                and v.event_id = w.external_id
            )
          )
        )
      limit p_limit
      for no key update skip locked
    )
  );
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;
