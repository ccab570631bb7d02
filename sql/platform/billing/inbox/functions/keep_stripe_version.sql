-- Locks the billing of the user whom an event is about, if that is known, and keeps
-- what the event says.
create function private.keep_stripe_version(
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
  v_kept jsonb;
begin
  object := p_event.payload #> '{data,object}';
  if object is null then
    -- The payload was purged: what it said is kept.
    select v.object into object
    from private.billing_versions as v
    where v.source = 'stripe' and v.type = v_type and v.object_id = v_id and v.event_id = p_event.external_id;
  end if;
  if object is null or coalesce(char_length(v_id), 0) not between 1 and 255 then
    raise exception using
      errcode = 'PT400', message = 'event_invalid',
      detail = 'The event''s object has no id.', hint = 'Compare it in Stripe.';
  end if;
  user_id := private.lock_stripe_user(v_type, v_id, object);
  v_kept := private.trim_stripe_object(v_type, object);
  perform private.store_version(
    'stripe', v_type, v_id, p_event.external_id, p_event.event_type,
    coalesce(private.unix_time(p_event.payload ->> 'created'), p_event.received_at),
    v_kept,
    private.trim_stripe_previous(v_type, object, p_event.payload #> '{data,previous_attributes}', v_kept),
    private.version_rank(v_type, p_event.event_type, object),
    p_event.event_type like '%.fetched', user_id
  );
end;
$$;
