-- Locks the billing of the user whom an event is about, if that is known, and keeps
-- what the event says. The time of a version is when the object changed, where it says
-- so, else when the event was sent.
create function private.keep_whop_version(
  p_event public.webhook_events,
  out user_id uuid,
  out object jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_type text := p_event.object_type;
  v_id text := p_event.object_id;
  v_said jsonb := p_event.payload -> 'data';
begin
  if p_event.purged_at is not null then
    select v.object into v_said
    from private.billing_versions as v
    where v.source = 'whop' and v.type = v_type and v.object_id = v_id and v.event_id = p_event.external_id;
  end if;
  if jsonb_typeof(v_said) is distinct from 'object' or coalesce(char_length(v_id), 0) not between 1 and 255 then
    raise exception using
      errcode = 'PT400', message = 'event_invalid',
      detail = 'The event''s object has no id.', hint = 'Compare it in Whop.';
  end if;
  object := private.trim_whop_object(v_said, p_event.event_type);
  user_id := private.lock_whop_user(v_type, v_id, v_said);
  perform private.store_version(
    'whop', v_type, v_id, p_event.external_id, p_event.event_type,
    coalesce(
      private.whop_time(v_said -> 'updated_at'), private.whop_time(p_event.payload -> 'timestamp'),
      p_event.received_at
    ),
    object, nullif(p_event.payload -> 'previous_attributes', 'null'),
    case v_type
      when 'subscription' then 0      -- a membership that ended may come back
      else private.version_rank(
        v_type, p_event.event_type,
        jsonb_build_object('status', case v_type
          when 'invoice' then (private.read_whop_payment(object)).status
          when 'dispute' then (private.read_whop_dispute(object)).status
          else object ->> 'status'
        end)
      )
    end::smallint,
    false, user_id
  );
end;
$$;
