-- The picked version, with what was last known of an object where its deletion says
-- no more than that.
create function private.whole_object(
  p_source text,
  p_type text,
  p_id text,
  p_version private.picked_version
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_version.rank < 9 then
    return p_version.object;
  end if;
  return coalesce(
    (
      select o.object
      from private.ordered_versions(p_source, p_type, p_id) as o
      where o.rank < 9
      order by o.n desc
      limit 1
    ),
    '{}'::jsonb
  ) || p_version.object;
end;
$$;
