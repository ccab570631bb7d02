-- What the session of a checkout offers, decided on the customer's subscriptions
-- and open sessions as Stripe has them now: whether there is a trial, and which
-- other sessions end first, since each of them could still become a subscription.
create function private.decide_subscription_checkout(
  p_checkout_id uuid,
  p_subscriptions jsonb,
  p_sessions jsonb
)
returns jsonb
language plpgsql
security definer            -- checkouts are not the caller's to write
set search_path = ''
as $$
declare
  v_checkout private.subscription_checkouts;
begin
  perform private.check_list('p_subscriptions', p_subscriptions);
  perform private.check_list('p_sessions', p_sessions);
  v_checkout := private.lock_subscription_checkout(p_checkout_id);
  if v_checkout.session_id is null then
    perform private.refuse_subscribed(v_checkout.user_id, p_subscriptions);
    update private.subscription_checkouts as c
    set
      trial_days = case
        when private.had_trial(c.user_id, p_subscriptions) then 0
        else coalesce((select r.trial_period_days from public.prices as r where r.id = c.price_id), 0)
      end
    where c.id = p_checkout_id
    returning * into v_checkout;
  end if;
  return jsonb_build_object(
    'trial_days', v_checkout.trial_days,
    'expire', (
      select coalesce(jsonb_agg(s.value ->> 'id'), '[]'::jsonb)
      from jsonb_array_elements(p_sessions) as s
      where s.value ->> 'status' = 'open' and s.value ->> 'mode' = 'subscription'
        and s.value -> 'metadata' ->> 'checkout_id' is distinct from p_checkout_id::text
    )
  );
end;
$$;
grant execute on function private.decide_subscription_checkout(uuid, jsonb, jsonb) to service_role;
