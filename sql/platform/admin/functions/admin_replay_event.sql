create function private.admin_replay_event(p_event_id uuid)
returns public.webhook_events
language plpgsql
security definer            -- the inbox is not the admin's to write
set search_path = ''
as $$
declare
  v_admin_id uuid := private.require_admin();
  v_event public.webhook_events;
begin
  v_event := private.replay_webhook_event(p_event_id);
  perform private.log_admin_action(
    'replay_event', 'webhook_event', p_event_id,
    jsonb_build_object('status', v_event.status, 'admin', v_admin_id)
  );
  return v_event;
end;
$$;
grant execute on function private.admin_replay_event(uuid) to authenticated;
