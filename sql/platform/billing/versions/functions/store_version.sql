-- Keeps what an event says of an object. The same event again changes nothing.
create function private.store_version(
  p_source text,
  p_type text,
  p_object_id text,
  p_event_id text,
  p_event_type text,
  p_created timestamptz,
  p_object jsonb,
  p_previous jsonb default null,
  p_rank smallint default 0,
  p_is_synthetic boolean default false,
  p_user_id uuid default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.billing_objects (source, type, id, user_id)
  values (p_source, p_type, p_object_id, p_user_id)
  on conflict (source, type, id) do nothing;
  if not found and p_user_id is not null then
    update private.billing_objects as o
    set user_id = p_user_id
    where o.source = p_source and o.type = p_type and o.id = p_object_id and o.user_id is null;
  end if;
  insert into private.billing_versions (
    source, type, object_id, event_id, event_type, created, rank, is_synthetic, object, previous
  )
  values (
    p_source, p_type, p_object_id, p_event_id, p_event_type,
    -- Stripe tells whole seconds; Whop when the object changed, more finely.
    case p_source when 'stripe' then date_trunc('second', p_created) else p_created end, p_rank,
    p_is_synthetic, p_object, nullif(p_previous, '{}'::jsonb)
  )
  on conflict (source, type, object_id, event_id) do nothing;
end;
$$;
