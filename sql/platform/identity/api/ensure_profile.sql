create function public.ensure_profile()
returns public.profiles
language sql
security invoker
set search_path = ''
begin atomic
  select private.ensure_profile();
end;
grant execute on function public.ensure_profile() to authenticated;
comment on function public.ensure_profile() is
  'Makes the profile, credit account and sign-up credits of a user whose token comes from another issuer, once, and returns the profile. Errors: PT403 not_signed_in, PT400 argument_too_long.';
