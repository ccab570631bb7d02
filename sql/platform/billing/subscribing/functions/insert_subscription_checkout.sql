-- A new one, of at most 60 an hour.
create function private.insert_subscription_checkout(
  p_user_id uuid,
  p_plan public.plans,
  p_idempotency_key text
)
returns private.subscription_checkouts
language plpgsql
set search_path = ''
as $$
declare
  v_checkout private.subscription_checkouts;
begin
  if (
    select count(*)
    from private.subscription_checkouts as c
    where c.user_id = p_user_id and c.created_at > now() - interval '1 hour'
  ) >= 60 then
    raise exception using
      errcode = 'PT429', message = 'too_many_checkouts',
      detail = '60 subscriptions were begun within an hour.', hint = 'Finish one, or wait.';
  end if;
  insert into private.subscription_checkouts as c (
    user_id, plan_id, price_id, idempotency_key, held_until
  )
  values (p_user_id, p_plan.id, p_plan.price_id, p_idempotency_key, now() + interval '2 minutes')
  returning * into v_checkout;
  return v_checkout;
end;
$$;
