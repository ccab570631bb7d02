-- Whether the caller may upload more: active, and under what their plan lets them store.
create function private.has_storage_room()
returns boolean
language plpgsql
stable
security definer            -- sums what the caller may not list
set search_path = ''
as $$
declare
  v_user_id uuid := private.user_id();
begin
  return exists (select 1 from public.profiles as p where p.id = v_user_id and p.is_active)
    and private.storage_used_bytes(v_user_id)
      < coalesce(private.storage_limit_bytes(v_user_id), 9223372036854775807);
end;
$$;
grant execute on function private.has_storage_room() to authenticated;
