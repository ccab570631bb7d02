-- Mirrors a subscription. A price that is not known yet is left out of it.
create function private.put_subscription(
  p_source text,
  p_user_id uuid,
  p_facts private.subscription_facts,
  p_plan_id uuid
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.subscriptions as s (
    id, source, user_id, price_id, plan_id, status, quantity, cancel_at_period_end, current_period_start,
    current_period_end, trial_start, trial_end, cancel_at, canceled_at, ended_at, customer_id, item_id,
    schedule_id, metadata, created_at
  )
  values (
    p_facts.id, p_source, p_user_id,
    (select p.id from public.prices as p where p.id = p_facts.price_id),
    p_plan_id, p_facts.status, p_facts.quantity, p_facts.cancel_at_period_end,
    coalesce(p_facts.period_start, p_facts.created, now()), coalesce(p_facts.period_end, p_facts.created, now()),
    p_facts.trial_start, p_facts.trial_end, p_facts.cancel_at, p_facts.canceled_at, p_facts.ended_at,
    p_facts.customer_id, p_facts.item_id, p_facts.schedule_id, p_facts.metadata,
    coalesce(p_facts.created, now())
  )
  on conflict (id) do update
  set
    price_id = excluded.price_id,
    plan_id = excluded.plan_id,
    status = excluded.status,
    quantity = excluded.quantity,
    cancel_at_period_end = excluded.cancel_at_period_end,
    current_period_start = excluded.current_period_start,
    current_period_end = excluded.current_period_end,
    trial_start = excluded.trial_start,
    trial_end = excluded.trial_end,
    cancel_at = excluded.cancel_at,
    canceled_at = excluded.canceled_at,
    ended_at = excluded.ended_at,
    customer_id = excluded.customer_id,
    item_id = excluded.item_id,
    schedule_id = excluded.schedule_id,
    metadata = excluded.metadata;
end;
$$;
