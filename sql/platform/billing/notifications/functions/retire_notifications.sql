-- A user leaves: what they were told, or were to be told, goes.
create function private.retire_notifications(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from public.notifications_outbox as n where n.user_id = p_user_id;
end;
$$;
