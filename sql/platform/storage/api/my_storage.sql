create function public.my_storage()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.my_storage();
end;
grant execute on function public.my_storage() to authenticated;
comment on function public.my_storage() is
  'The caller''s storage as {used_bytes, limit_bytes}; a null limit is none. Errors: PT403 not_signed_in.';
