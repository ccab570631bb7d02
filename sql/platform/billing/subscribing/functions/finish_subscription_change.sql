-- A change was carried out, or (false) was not: the next one need not wait.
create function private.finish_subscription_change(p_change_id uuid, p_is_done boolean)
returns void
language plpgsql
security definer            -- changes are not the caller's to write
set search_path = ''
as $$
begin
  perform private.lock_subscription_change(p_change_id);
  update private.subscription_changes as c
  set
    held_until = null,
    done_at = case when p_is_done then coalesce(c.done_at, now()) else c.done_at end
  where c.id = p_change_id;
end;
$$;
grant execute on function private.finish_subscription_change(uuid, boolean) to service_role;
