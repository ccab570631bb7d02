create function public.whoami()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.whoami();
end;
grant execute on function public.whoami() to authenticated;
comment on function public.whoami() is
  'The caller: {user_id uuid, role user|admin, is_active boolean, email text}. Edge functions ask it about tokens they cannot verify themselves. Errors: PT403 not_signed_in, profile_missing.';
