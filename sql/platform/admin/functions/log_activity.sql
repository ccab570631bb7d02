-- A front end reports what its user does; address and agent come from the request.
create function private.log_activity(p_activity_type text, p_activity_data jsonb)
returns void
language plpgsql
security definer            -- address and agent are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.check_text('p_activity_type', p_activity_type, 100);
  if pg_column_size(p_activity_data) > 16384 then
    raise exception using
      errcode = 'PT400', message = 'metadata_invalid',
      detail = 'The activity''s data is larger than 16 kB.', hint = 'Send less.';
  end if;
  update public.profiles as p
  set last_activity_at = now()
  where p.id = v_user_id and p.deleted_at is null;
  if not found then
    perform private.require_present(v_user_id);   -- says what is wrong
  end if;
  insert into public.user_activity_logs (
    user_id, activity_type, activity_data, ip_address, user_agent
  )
  values (
    v_user_id, p_activity_type, p_activity_data, private.request_ip(),
    left(private.request_header('user-agent'), 1000)
  );
end;
$$;
grant execute on function private.log_activity(text, jsonb) to authenticated;
