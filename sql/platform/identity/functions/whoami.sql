create function private.whoami()
returns jsonb
language plpgsql
stable
security definer            -- reads the caller's own row whatever the policies say
set search_path = ''
as $$
declare
  v_profile public.profiles := private.require_profile();
begin
  return jsonb_build_object(
    'user_id', v_profile.id,
    'role', v_profile.role,
    'is_active', v_profile.is_active,
    'email', v_profile.email
  );
end;
$$;
grant execute on function private.whoami() to authenticated;
