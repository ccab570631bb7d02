create function private.admin_sync_catalogue()
returns void
language plpgsql
security definer            -- the log is not the admin's to write
set search_path = ''
as $$
begin
  perform private.require_admin();
  perform private.log_admin_action('sync_catalogue', null, null, '{}'::jsonb);
end;
$$;
grant execute on function private.admin_sync_catalogue() to authenticated;
