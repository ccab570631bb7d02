-- A change, locked behind its user's billing, or PT404.
create function private.lock_subscription_change(p_change_id uuid)
returns private.subscription_changes
language plpgsql
set search_path = ''
as $$
declare
  v_change private.subscription_changes;
begin
  select * into v_change from private.subscription_changes as c where c.id = p_change_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'change_not_found',
      detail = format('There is no change %s.', coalesce(p_change_id::text, 'null')),
      hint = 'Send the id that begin_subscription_change returned.';
  end if;
  perform private.lock_customer(v_change.user_id);
  select * into v_change
  from private.subscription_changes as c
  where c.id = p_change_id
  for no key update;
  return v_change;
end;
$$;
