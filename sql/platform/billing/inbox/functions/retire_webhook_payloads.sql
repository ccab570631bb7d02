-- A user leaves: what senders said of them goes from the inbox. Versions have nothing
-- of the person, and what still waits is applied from them. Somebody may be at an event
-- right now, with locks that leaving waits for elsewhere: it is left to the night.
create function private.retire_webhook_payloads(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_events as e
  set payload = private.bare_payload(e.payload), error = null, purged_at = now()
  where e.id = any (
    array(
      select w.id
      from private.billing_objects as o
      join private.billing_versions as v on v.source = o.source and v.type = o.type and v.object_id = o.id
      join public.webhook_events as w on w.source = v.source and w.external_id = v.event_id
      where o.user_id = p_user_id and w.purged_at is null
      for no key update of w skip locked
    )
  );
end;
$$;
