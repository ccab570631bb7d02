create function public.begin_subscription_checkout(p_plan_id uuid, p_idempotency_key text)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.begin_subscription_checkout(p_plan_id, p_idempotency_key);
end;
grant execute on function public.begin_subscription_checkout(uuid, text) to authenticated;
comment on function public.begin_subscription_checkout(uuid, text) is
  'Begins a subscription of the caller to a plan and returns {checkout_id, user_id, email, plan_id, price_id, stripe_customer_id, session_id, url}; the same key returns the same one. Called by the checkout function. Errors: PT404 plan_not_found; PT422 plan_not_for_sale; PT409 already_subscribed, checkout_in_progress, idempotency_key_reused; PT403 not_signed_in, profile_missing, account_suspended; PT400 argument_missing, argument_too_long; PT429 too_many_checkouts.';
