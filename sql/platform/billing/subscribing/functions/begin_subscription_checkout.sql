-- Begins a subscription of the caller to a plan. For a moment nobody else makes a
-- session for this user: what is decided next, on what Stripe knows of the
-- customer, must still hold when the session is made.
create function private.begin_subscription_checkout(p_plan_id uuid, p_idempotency_key text)
returns jsonb
language plpgsql
security definer            -- checkouts are not the caller's to write
set search_path = ''
as $$
declare
  v_profile public.profiles := private.require_profile();
  v_customer public.customers;
  v_checkout private.subscription_checkouts;
  v_plan public.plans;
begin
  perform private.check_text('p_idempotency_key', p_idempotency_key, 200);
  v_customer := private.lock_customer(v_profile.id);
  perform private.require_active(v_profile.id);
  perform private.refuse_subscribed(v_profile.id);
  v_plan := private.require_plan_for_sale(p_plan_id);

  select * into v_checkout
  from private.subscription_checkouts as c
  where c.user_id = v_profile.id and c.idempotency_key = p_idempotency_key;
  -- Sessions, and Stripe's memory of our calls, last a day.
  if v_checkout.plan_id <> p_plan_id or v_checkout.created_at < now() - interval '20 hours' then
    perform private.refuse_reused_key(p_idempotency_key);
  end if;
  if exists (
    select 1
    from private.subscription_checkouts as c
    where c.user_id = v_profile.id and c.id is distinct from v_checkout.id and c.held_until > now()
  ) then
    raise exception using
      errcode = 'PT409', message = 'checkout_in_progress',
      detail = 'Another subscription of this user is being begun.',
      hint = 'Repeat with the same idempotency_key, or wait two minutes.';
  end if;

  if v_checkout.id is null then
    v_checkout := private.insert_subscription_checkout(v_profile.id, v_plan, p_idempotency_key);
  elsif v_checkout.session_id is null then
    update private.subscription_checkouts as c
    set held_until = now() + interval '2 minutes'
    where c.id = v_checkout.id;
  end if;
  return jsonb_build_object(
    'checkout_id', v_checkout.id,
    'user_id', v_profile.id,
    'email', v_profile.email,
    'plan_id', v_checkout.plan_id,
    'price_id', v_checkout.price_id,
    'stripe_customer_id', v_customer.stripe_customer_id,
    'session_id', v_checkout.session_id,
    'url', v_checkout.url
  );
end;
$$;
grant execute on function private.begin_subscription_checkout(uuid, text) to authenticated;
