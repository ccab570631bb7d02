-- An admin makes another user an admin, or takes it from them. Nobody does it to
-- themselves, so there is always one left.
create function private.admin_set_role(p_user_id uuid, p_role text, p_reason text)
returns public.profiles
language plpgsql
security definer            -- the profile is not the admin's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.require_admin();
  v_profile public.profiles;
begin
  perform private.check_text('p_reason', p_reason, 1000);
  if p_role is null or p_role not in ('user', 'admin') or p_user_id = v_admin_id then
    raise exception using
      errcode = 'PT400', message = 'role_invalid',
      detail = 'The role is neither user nor admin, or it is the caller''s own.',
      hint = 'Send user or admin, and another user.';
  end if;
  update public.profiles as p
  set role = p_role
  where p.id = p_user_id and p.deleted_at is null
  returning * into v_profile;
  if not found then
    perform private.refuse_missing_user(p_user_id);
  end if;
  perform private.log_admin_action(
    'set_role', 'user', p_user_id, jsonb_build_object('role', p_role, 'reason', p_reason)
  );
  return v_profile;
end;
$$;
grant execute on function private.admin_set_role(uuid, text, text) to authenticated;
