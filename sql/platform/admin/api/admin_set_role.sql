create function public.admin_set_role(
  p_user_id uuid,
  p_role text,
  p_reason text
)
returns public.profiles
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_set_role(p_user_id, p_role, p_reason);
end;
grant execute on function public.admin_set_role(uuid, text, text) to authenticated;
comment on function public.admin_set_role(uuid, text, text) is
  'An admin makes another user an admin or takes it from them and returns the profile. Errors: PT403 admin_only; PT400 role_invalid, argument_missing, argument_too_long; PT404 user_not_found.';
