-- What carries out a change, decided once, on the subscription as Stripe has it
-- now. Repeating it gives the same steps: each has its own idempotency key at
-- Stripe, so that what was done is not done twice.
create function private.decide_subscription_change(p_change_id uuid, p_subscription jsonb)
returns jsonb
language plpgsql
security definer            -- changes are not the caller's to write
set search_path = ''
as $$
declare
  v_change private.subscription_changes := private.lock_subscription_change(p_change_id);
  v_facts private.subscription_facts;
  v_price private.item_price;
  v_decision jsonb := v_change.decision;
begin
  if v_change.done_at is not null then
    return v_decision || '{"steps": []}'::jsonb;
  end if;
  if v_decision is not null then
    return v_decision;
  end if;
  if p_subscription ->> 'id' is distinct from v_change.subscription_id then
    perform private.refuse_subscription(v_change.subscription_id);
  end if;
  begin
    v_facts := private.read_subscription('stripe', p_subscription);
    v_price := private.subscription_price(v_facts, p_subscription);
  exception when data_exception then
    v_facts := null;        -- it is not of Stripe's shape
  end;
  if v_facts.id is null or v_facts.status is null or v_facts.period_end is null or v_price is null then
    perform private.refuse_subscription(v_change.subscription_id);
  end if;
  if v_facts.status in ('canceled', 'incomplete_expired') then
    raise exception using
      errcode = 'PT404', message = 'subscription_not_found',
      detail = format('The subscription %s is over.', v_facts.id),
      hint = 'Subscribe with the checkout function.';
  end if;
  v_decision := case v_change.action
    when 'change_plan' then private.plan_change_steps(v_change.plan_id, v_facts, v_price, p_subscription)
    else private.cancel_steps(v_change.action = 'cancel', v_facts)
  end;
  update private.subscription_changes as c
  set decision = v_decision
  where c.id = p_change_id;
  return v_decision;
end;
$$;
grant execute on function private.decide_subscription_change(uuid, jsonb) to service_role;
