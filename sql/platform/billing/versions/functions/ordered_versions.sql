-- All versions of an object in their order: rank, second, place within the second (see
-- place_twins), event id. A fetched version comes after all of its second.
create function private.ordered_versions(p_source text, p_type text, p_id text)
returns table (
  n bigint, event_id text, event_type text, created timestamptz, rank smallint, object jsonb, is_decided boolean
)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
    select
      row_number() over (order by v.rank, v.created, v.is_synthetic, v.place, v.event_id),
      v.event_id, v.event_type, v.created, v.rank, v.object, v.is_decided
    from private.billing_versions as v
    where v.source = p_source and v.type = p_type and v.object_id = p_id;
end;
$$;
