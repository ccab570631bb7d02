-- An admin suspends a user or lets them in again. Work under way goes on.
create function private.admin_set_active(p_user_id uuid, p_is_active boolean, p_reason text)
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
  if p_is_active is null or (p_user_id = v_admin_id and not p_is_active) then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_is_active is null, or an admin would suspend themselves.',
      hint = 'Send true or false, and another user.';
  end if;
  update public.profiles as p
  set is_active = p_is_active
  where p.id = p_user_id and p.deleted_at is null
  returning * into v_profile;
  if not found then
    perform private.refuse_missing_user(p_user_id);
  end if;
  perform private.log_admin_action(
    case when p_is_active then 'reactivate' else 'suspend' end, 'user', p_user_id,
    jsonb_build_object('reason', p_reason)
  );
  return v_profile;
end;
$$;
grant execute on function private.admin_set_active(uuid, boolean, text) to authenticated;
