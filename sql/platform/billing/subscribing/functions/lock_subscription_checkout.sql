-- A checkout, locked behind its user's billing, or PT404.
create function private.lock_subscription_checkout(p_checkout_id uuid)
returns private.subscription_checkouts
language plpgsql
set search_path = ''
as $$
declare
  v_checkout private.subscription_checkouts;
begin
  select * into v_checkout from private.subscription_checkouts as c where c.id = p_checkout_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'checkout_not_found',
      detail = format('There is no checkout %s.', coalesce(p_checkout_id::text, 'null')),
      hint = 'Send the id that begin_subscription_checkout returned.';
  end if;
  perform private.lock_customer(v_checkout.user_id);
  select * into v_checkout
  from private.subscription_checkouts as c
  where c.id = p_checkout_id
  for no key update;
  return v_checkout;
end;
$$;
