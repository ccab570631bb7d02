create function public.admin_sync_catalogue()
returns void
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_sync_catalogue();
end;
grant execute on function public.admin_sync_catalogue() to authenticated;
comment on function public.admin_sync_catalogue() is
  'Writes down that the calling admin has the catalogue synced; the function billing-sync asks it before it does. Errors: PT403 admin_only.';
