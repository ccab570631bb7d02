-- An admin says whose a Whop user is, where neither metadata nor a verified address
-- does: what waits for that user is then applied. A Whop user has one user of ours, for
-- good: what was booked stays where it is.
create function private.admin_link_whop_user(p_whop_user_id text, p_user_id uuid, p_reason text)
returns public.customers
language plpgsql
security definer            -- customers are not the admin's to write
set search_path = ''
as $$
declare
  v_owner uuid;
  v_customer public.customers;
begin
  perform private.require_admin();
  perform private.check_text('p_whop_user_id', p_whop_user_id, 255);
  perform private.check_text('p_reason', p_reason, 1000);
  if not exists (select 1 from public.profiles as p where p.id = p_user_id and p.deleted_at is null) then
    perform private.refuse_missing_user(p_user_id);
  end if;
  perform private.lock_customer(p_user_id);
  perform private.attach_customer(p_user_id, p_whop_user_id, 'whop');
  -- Asked afterwards: of two who link at once the second finds the first's.
  v_owner := private.billing_user('whop', p_whop_user_id);
  if v_owner is distinct from p_user_id then
    raise exception using
      errcode = 'PT409', message = 'customer_already_linked',
      detail = format('The Whop user %s is linked to user %s.', p_whop_user_id, v_owner),
      hint = 'A Whop user has one user; correct credits by admin_adjust_credits.';
  end if;
  perform private.log_admin_action(
    'link_whop_user', 'user', p_user_id,
    jsonb_build_object('whop_user_id', p_whop_user_id, 'reason', p_reason)
  );
  select * into v_customer from public.customers as c where c.user_id = p_user_id;
  return v_customer;
end;
$$;
grant execute on function private.admin_link_whop_user(text, uuid, text) to authenticated;
