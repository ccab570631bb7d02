create function private.my_storage()
returns jsonb
language plpgsql
stable
security definer            -- sums by name, which the policy does by row
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  return jsonb_build_object(
    'used_bytes', private.storage_used_bytes(v_user_id),
    'limit_bytes', private.storage_limit_bytes(v_user_id)
  );
end;
$$;
grant execute on function private.my_storage() to authenticated;
