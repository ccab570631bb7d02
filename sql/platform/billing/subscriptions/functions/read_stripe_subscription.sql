-- A subscription of Stripe: its period is its own (before 2025-03-31) or its item's
-- (since). Of several items the first that sells a plan counts.
create function private.read_stripe_subscription(p_object jsonb)
returns private.subscription_facts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_facts private.subscription_facts;
  v_items jsonb := p_object #> '{items,data}';
  v_item jsonb := v_items -> 0;
begin
  if jsonb_array_length(v_items) > 1 then
    select i.value into v_item
    from jsonb_array_elements(v_items) with ordinality as i
    order by (private.plan_of_price(private.stripe_price_of(i.value))).id is null, i.ordinality
    limit 1;
  end if;
  v_facts.id := p_object ->> 'id';
  v_facts.customer_id := private.stripe_customer_of('subscription', null, p_object);
  v_facts.price_id := coalesce(private.stripe_price_of(v_item), private.stripe_price_of(p_object));
  v_facts.item_id := v_item ->> 'id';
  v_facts.status := p_object ->> 'status';
  v_facts.quantity := greatest(coalesce((v_item ->> 'quantity')::integer, (p_object ->> 'quantity')::integer, 1), 1);
  v_facts.created := private.unix_time(p_object ->> 'created');
  v_facts.period_start := private.unix_time(
    coalesce(p_object ->> 'current_period_start', v_item ->> 'current_period_start', p_object ->> 'start_date')
  );
  v_facts.period_end := private.unix_time(
    coalesce(p_object ->> 'current_period_end', v_item ->> 'current_period_end', p_object ->> 'start_date')
  );
  v_facts.trial_start := private.unix_time(p_object ->> 'trial_start');
  v_facts.trial_end := private.unix_time(p_object ->> 'trial_end');
  v_facts.cancel_at_period_end := coalesce((p_object ->> 'cancel_at_period_end')::boolean, false);
  v_facts.cancel_at := private.unix_time(p_object ->> 'cancel_at');
  v_facts.canceled_at := private.unix_time(p_object ->> 'canceled_at');
  v_facts.ended_at := private.unix_time(p_object ->> 'ended_at');
  v_facts.schedule_id := coalesce(p_object #>> '{schedule,id}', p_object ->> 'schedule');
  v_facts.metadata := coalesce(nullif(p_object -> 'metadata', 'null'), '{}'::jsonb);
  return v_facts;
end;
$$;
