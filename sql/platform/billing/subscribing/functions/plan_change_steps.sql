-- The steps to another plan. Who then pays more a period changes now and pays the
-- difference for what is left of it; who pays less changes when what is paid for
-- is used up, so that no money goes back and no credits are taken. In a trial
-- nothing is paid, so the change is at once.
create function private.plan_change_steps(
  p_plan_id uuid,
  p_facts private.subscription_facts,
  p_now private.item_price,
  p_subscription jsonb
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan public.plans := private.require_plan_for_sale(p_plan_id);
  v_price public.prices;
  v_steps jsonb := private.release_steps(p_facts);
  v_is_now boolean;
begin
  perform private.refuse_unchangeable(p_facts, p_subscription);
  select * into strict v_price from public.prices as r where r.id = v_plan.price_id;
  if v_price.currency is distinct from p_now.currency then
    raise exception using
      errcode = 'PT422', message = 'plan_not_for_sale',
      detail = format('The subscription is in %s, the plan in %s.', p_now.currency, v_price.currency),
      hint = 'A subscription keeps its currency: end it, and begin another.';
  end if;

  if v_price.id = p_facts.price_id then
    v_is_now := true;
  else
    v_is_now := p_facts.status = 'trialing' or v_price.unit_amount > coalesce(p_now.unit_amount, 0);
    v_steps := v_steps || case
      when v_is_now then jsonb_build_object(
        'do', 'set_price',
        'item_id', p_facts.item_id,
        'price_id', v_price.id,
        'quantity', p_facts.quantity,
        'proration', case when p_facts.status = 'trialing' then 'none' else 'always_invoice' end
      )
      else jsonb_build_object(
        'do', 'schedule_price',
        'price_id', v_price.id,
        'quantity', p_facts.quantity,
        'interval', v_price.interval,
        'interval_count', v_price.interval_count
      )
    end;
  end if;
  return jsonb_build_object(
    'effect', case
      when v_steps = '[]'::jsonb then 'none'
      when v_is_now then 'now'
      else 'period_end'
    end,
    'effective_at', case when v_is_now then now() else p_facts.period_end end,
    'steps', v_steps
  );
end;
$$;
