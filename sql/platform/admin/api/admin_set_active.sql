create function public.admin_set_active(
  p_user_id uuid,
  p_is_active boolean,
  p_reason text
)
returns public.profiles
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_set_active(p_user_id, p_is_active, p_reason);
end;
grant execute on function public.admin_set_active(uuid, boolean, text) to authenticated;
comment on function public.admin_set_active(uuid, boolean, text) is
  'An admin suspends a user or lets them in again and returns the profile. Errors: PT403 admin_only; PT400 argument_missing, argument_too_long; PT404 user_not_found.';
