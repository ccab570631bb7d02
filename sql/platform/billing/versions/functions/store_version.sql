-- Keeps what an event says of an object, in its order, and leaves the object locked for
-- the one who computes it anew. The same event again changes nothing but that order,
-- should what is known of prices decide it now.
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
declare
  -- Stripe tells whole seconds; Whop when the object changed, more finely.
  v_created timestamptz := case p_source when 'stripe' then date_trunc('second', p_created) else p_created end;
  v_user_id uuid;
begin
  insert into private.billing_objects (source, type, id, user_id)
  values (p_source, p_type, p_object_id, p_user_id)
  on conflict (source, type, id) do nothing;
  if not found then
    select o.user_id into v_user_id
    from private.billing_objects as o
    where o.source = p_source and o.type = p_type and o.id = p_object_id
    for no key update;
    if v_user_id is null and p_user_id is not null then
      update private.billing_objects as o
      set user_id = p_user_id
      where o.source = p_source and o.type = p_type and o.id = p_object_id;
    end if;
  end if;
  insert into private.billing_versions (
    source, type, object_id, event_id, event_type, created, rank, is_synthetic, object, previous
  )
  values (
    p_source, p_type, p_object_id, p_event_id, p_event_type, v_created, p_rank, p_is_synthetic, p_object,
    nullif(p_previous, '{}'::jsonb)
  )
  on conflict (source, type, object_id, event_id) do nothing;
  if not p_is_synthetic and exists (
    select 1
    from private.billing_versions as v
    where v.source = p_source and v.type = p_type and v.object_id = p_object_id
      and v.rank = p_rank and v.created = v_created and not v.is_synthetic and v.event_id <> p_event_id
  ) then
    perform private.place_twins(p_source, p_type, p_object_id, p_rank, v_created);
  end if;
end;
$$;
