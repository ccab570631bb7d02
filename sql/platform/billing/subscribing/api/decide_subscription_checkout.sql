create function public.decide_subscription_checkout(
  p_checkout_id uuid,
  p_subscriptions jsonb,
  p_sessions jsonb
)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.decide_subscription_checkout(p_checkout_id, p_subscriptions, p_sessions);
end;
grant execute on function public.decide_subscription_checkout(uuid, jsonb, jsonb) to service_role;
comment on function public.decide_subscription_checkout(uuid, jsonb, jsonb) is
  'What a checkout''s session offers, given the customer''s subscriptions and sessions at Stripe: {trial_days, expire [session id]}; trial_days 0 is none. Errors: PT409 already_subscribed; PT404 checkout_not_found; PT400 input_invalid.';
