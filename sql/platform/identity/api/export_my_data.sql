create function public.export_my_data()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.export_my_data();
end;
grant execute on function public.export_my_data() to authenticated;
comment on function public.export_my_data() is
  'Everything the caller owns: an object of "schema.table" to rows. Errors: PT403 not_signed_in.';
