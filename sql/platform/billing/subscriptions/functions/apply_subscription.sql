-- Computes a subscription anew from all its versions: mirror, history, the trial's
-- credits, the ends of what it granted, and the account's plan. It waits for a price
-- that it has or had and that sells no plan.
create function private.apply_subscription(p_source text, p_id text, p_user_id uuid, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_version private.picked_version := private.pick_version(p_source, 'subscription', p_id);
  v_facts private.subscription_facts := private.read_subscription(p_source, v_version.object);
  v_plan public.plans := private.plan_of_price(v_facts.price_id);
  v_missing text;
  v_payment_id text;
begin
  if v_version.rank = 3 then
    v_facts.ended_at := coalesce(v_facts.ended_at, v_version.created);
  end if;
  perform private.put_subscription(p_source, p_user_id, v_facts, v_plan.id);
  v_missing := private.put_history(p_source, p_id, p_user_id);
  perform private.settle_trial(p_source, v_facts, p_user_id, p_now);
  if v_facts.ended_at is not null then
    for v_payment_id in
      select p.external_id
      from public.payments as p
      where p.source = p_source and p.subscription_id = p_id
      order by p.external_id
    loop
      perform private.settle_payment(p_source, v_payment_id, p_now);
    end loop;
  end if;
  perform private.follow_plan(p_user_id);
  return coalesce('price:' || v_missing, 'applied');
end;
$$;
