-- What a user may store: the feature storage_mb of their plan (null: no limit), else
-- the setting storage_limit_mb. Null is no limit.
create function private.storage_limit_bytes(p_user_id uuid)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  v_entitlement record;
begin
  select * into v_entitlement from private.entitlement(p_user_id, 'storage_mb');
  if v_entitlement.value = 'null'::jsonb then
    return null;
  end if;
  return coalesce(
    v_entitlement.usage_limit, private.setting('storage_limit_mb', '1024')::bigint
  ) * 1048576;
end;
$$;
