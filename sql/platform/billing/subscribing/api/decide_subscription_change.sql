create function public.decide_subscription_change(p_change_id uuid, p_subscription jsonb)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.decide_subscription_change(p_change_id, p_subscription);
end;
grant execute on function public.decide_subscription_change(uuid, jsonb) to service_role;
comment on function public.decide_subscription_change(uuid, jsonb) is
  'What carries out a change, given the subscription as Stripe has it: {effect now|period_end|none, effective_at, steps}. Steps are {do: release_schedule, schedule_id}, {do: set_cancel, cancel_at_period_end}, {do: set_price, item_id, price_id, quantity, proration}, {do: schedule_price, price_id, quantity, interval, interval_count}. Errors: PT404 change_not_found, subscription_not_found, plan_not_found; PT409 payment_pending; PT422 subscription_unpaid, subscription_ends, plan_not_for_sale; PT400 input_invalid.';
