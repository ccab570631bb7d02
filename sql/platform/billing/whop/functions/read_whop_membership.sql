-- A membership of Whop as a subscription. Two things are not in every version of it: a
-- trial, which later versions forget, and the renewed period, which Whop tells by the
-- payment alone. Both are read from what is stored, so they do not depend on order.
create function private.read_whop_membership(p_object jsonb)
returns private.subscription_facts
language plpgsql
stable
set search_path = ''
as $$
declare
  v_facts private.subscription_facts;
  v_trial jsonb;
  v_renewed record;
begin
  v_facts.id := p_object ->> 'id';
  v_facts.customer_id := private.whop_reference(p_object, 'user');
  v_facts.price_id := private.whop_plan_of(p_object);
  v_facts.status := private.whop_status(p_object);
  v_facts.quantity := 1;
  v_facts.created := private.whop_time(p_object -> 'created_at');
  v_facts.period_start := private.whop_time(p_object -> 'renewal_period_start');
  v_facts.period_end := private.whop_time(p_object -> 'renewal_period_end');
  v_facts.canceled_at := private.whop_time(p_object -> 'canceled_at');
  v_facts.cancel_at_period_end := coalesce((p_object ->> 'cancel_at_period_end')::boolean, false)
    or p_object ->> 'status' = 'canceling';
  v_facts.metadata := coalesce(nullif(p_object -> 'metadata', 'null'), '{}'::jsonb);

  select v.object into v_trial
  from private.billing_versions as v
  where v.source = 'whop' and v.type = 'subscription' and v.object_id = v_facts.id
    and v.object ->> 'status' = 'trialing'
  order by v.created desc, v.event_id desc
  limit 1;
  v_facts.trial_start := private.whop_time(v_trial -> 'renewal_period_start');
  v_facts.trial_end := private.whop_time(v_trial -> 'renewal_period_end');

  select i.period_start, i.period_end into v_renewed
  from public.invoices as i
  where i.source = 'whop' and i.subscription_id = v_facts.id and i.status = 'paid'
    and i.period_end > v_facts.period_end + interval '1 day'
  order by i.period_end desc
  limit 1;
  if found then
    v_facts.period_start := greatest(v_renewed.period_start, v_facts.period_end);
    v_facts.period_end := v_renewed.period_end;
  end if;
  if v_facts.cancel_at_period_end then
    v_facts.cancel_at := v_facts.period_end;
  end if;
  if v_facts.status = 'canceled' then
    v_facts.ended_at := coalesce(
      private.whop_time(p_object -> 'expires_at'), private.whop_time(p_object -> 'updated_at'),
      v_facts.period_end
    );
  end if;
  return v_facts;
end;
$$;
