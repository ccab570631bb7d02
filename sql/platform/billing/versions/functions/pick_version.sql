-- The version of an object that counts now: the last of ordered_versions. Where its
-- versions do not decide that, the object is marked stale, to be fetched from its
-- sender; where they do, it no longer is.
create function private.pick_version(p_source text, p_type text, p_id text)
returns private.picked_version
language plpgsql
set search_path = ''
as $$
declare
  v_last record;
begin
  select v.object, v.event_type, v.created, v.rank, v.is_decided into v_last
  from private.billing_versions as v
  where v.source = p_source and v.type = p_type and v.object_id = p_id
  order by v.rank desc, v.created desc, v.is_synthetic desc, v.place desc, v.event_id desc
  limit 1;
  if not found then
    return null;
  end if;
  if v_last.is_decided then
    update private.billing_objects as o
    set stale_since = null, asked_at = null, asks = 0
    where o.source = p_source and o.type = p_type and o.id = p_id and o.stale_since is not null;
  else
    perform private.mark_stale(p_source, p_type, p_id);
  end if;
  return row(v_last.object, v_last.event_type, v_last.created, v_last.rank)::private.picked_version;
end;
$$;
