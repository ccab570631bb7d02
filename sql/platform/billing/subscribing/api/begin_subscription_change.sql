create function public.begin_subscription_change(
  p_action text,
  p_plan_id uuid,
  p_idempotency_key text
)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.begin_subscription_change(p_action, p_plan_id, p_idempotency_key);
end;
grant execute on function public.begin_subscription_change(text, uuid, text) to authenticated;
comment on function public.begin_subscription_change(text, uuid, text) is
  'Begins change_plan (with the plan), cancel or resume of the caller''s subscription: {change_id, subscription_id, user_id}; the same key returns the same one. Called by the subscription function. Errors: PT404 subscription_not_found, plan_not_found; PT422 subscription_elsewhere, plan_not_for_sale; PT409 change_in_progress, idempotency_key_reused; PT403 not_signed_in, profile_missing, account_suspended; PT400 input_invalid, argument_missing, argument_too_long.';
