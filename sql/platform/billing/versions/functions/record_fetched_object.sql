-- A fetched object becomes a version, by way of the inbox like any event. It is sure
-- to know what happened some seconds before it was asked for (five, for clocks that
-- differ): what happened up to then it supersedes, what came later it does not.
create function private.record_fetched_object(
  p_source text,
  p_object jsonb,
  p_fetched_at timestamptz default null,
  p_now timestamptz default now()
)
returns text
language plpgsql
security definer            -- the inbox is not the caller's to write
set search_path = ''
as $$
declare
  v_type text := p_object ->> 'object';
  v_id text := p_object ->> 'id';
  v_stored private.billing_objects;
  v_second timestamptz;
  v_event public.webhook_events;
begin
  if p_source is null or p_source not in ('stripe', 'whop') then
    perform private.refuse_source(p_source);
  end if;
  if v_type is null or v_id is null or char_length(v_id) > 200
    or private.billing_object_type(p_source, v_type || '.fetched') is null then
    raise exception using
      errcode = 'PT400', message = 'event_invalid',
      detail = 'The object has no id, or is of a kind that is not kept.',
      hint = 'Send the object as its sender gave it.';
  end if;
  select * into v_stored
  from private.billing_objects as o
  where o.source = p_source and o.type = v_type and o.id = v_id;
  v_second := date_trunc(
    'second',
    greatest(
      least(coalesce(p_fetched_at, v_stored.asked_at, p_now - interval '1 minute'), p_now), to_timestamp(0)
    )
  ) - interval '5 seconds';
  if exists (
    select 1
    from private.billing_versions as v
    where v.source = p_source and v.type = v_type and v.object_id = v_id and v.created > v_second
  ) then
    return case when v_stored.stale_since is null then 'unchanged' else 'early' end;
  end if;
  if v_stored.stale_since is null and private.version_facts(
    p_source, v_type, private.trim_stripe_object(v_type, p_object)
  ) = (
    select private.version_facts(p_source, v_type, o.object)
    from private.ordered_versions(p_source, v_type, v_id) as o
    order by o.n desc
    limit 1
  ) then
    return 'unchanged';
  end if;
  v_event := private.record_webhook_event(
    p_source,
    jsonb_build_object(
      'id', format('fetched_%s_%s_%s', v_type, v_id, extract(epoch from v_second)::bigint),
      'type', v_type || '.fetched',
      'created', extract(epoch from v_second)::bigint,
      'data', jsonb_build_object('object', p_object)
    ),
    p_now
  );
  -- Fetched twice within one second: which of the two is newer only another fetch tells.
  if v_event.payload -> 'data' -> 'object' is distinct from p_object then
    update private.billing_objects as o
    set stale_since = p_now
    where o.source = p_source and o.type = v_type and o.id = v_id and o.stale_since is null;
    return 'early';
  end if;
  return v_event.status;
end;
$$;
grant execute on function private.record_fetched_object(text, jsonb, timestamptz, timestamptz) to service_role;
