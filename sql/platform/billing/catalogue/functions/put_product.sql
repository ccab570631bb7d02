-- Mirrors a product. One that was deleted before anything else was known of it is
-- not worth a row.
create function private.put_product(
  p_source text,
  p_id text,
  p_name text,
  p_description text,
  p_image text,
  p_active boolean,
  p_metadata jsonb,
  p_deleted_at timestamptz,
  p_created timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_name is null and p_deleted_at is not null then
    return;
  end if;
  insert into public.products as p (
    id, source, name, description, image, active, metadata, deleted_at, created_at
  )
  values (
    p_id, p_source, p_name, p_description, p_image, p_active and p_deleted_at is null, p_metadata,
    p_deleted_at, p_created
  )
  on conflict (id) do update
  set
    name = excluded.name,
    description = excluded.description,
    image = excluded.image,
    active = excluded.active,
    metadata = excluded.metadata,
    deleted_at = excluded.deleted_at,
    created_at = excluded.created_at;
  perform private.wake_events(p_source, array['product:' || p_id]);
end;
$$;
