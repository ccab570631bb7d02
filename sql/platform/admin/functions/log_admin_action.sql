-- Writes down what the calling admin does, in the transaction that does it.
create function private.log_admin_action(
  p_action text,
  p_target_type text,
  p_target_id uuid,
  p_details jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.admin_logs (
    admin_user_id, action, target_type, target_id, details, ip_address, user_agent
  )
  values (
    private.user_id(), p_action, p_target_type, p_target_id, jsonb_strip_nulls(p_details),
    private.request_ip(), left(private.request_header('user-agent'), 1000)
  );
end;
$$;
