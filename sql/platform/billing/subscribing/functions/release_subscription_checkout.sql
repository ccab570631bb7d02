-- No session came of it: the next one need not wait.
create function private.release_subscription_checkout(p_checkout_id uuid)
returns void
language plpgsql
security definer            -- checkouts are not the caller's to write
set search_path = ''
as $$
begin
  perform private.lock_subscription_checkout(p_checkout_id);
  update private.subscription_checkouts as c
  set held_until = null
  where c.id = p_checkout_id;
end;
$$;
grant execute on function private.release_subscription_checkout(uuid) to service_role;
