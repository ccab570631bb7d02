-- The credits of a trial, once a person: of the plan that the subscription was first
-- seen on trial with. They end with the trial, wherever its end is moved.
create function private.settle_trial(
  p_source text,
  p_facts private.subscription_facts,
  p_user_id uuid,
  p_now timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_plan public.plans;
  v_grant public.credit_transactions;
  v_ends_at timestamptz := least(p_facts.trial_end, p_facts.ended_at);
begin
  if v_ends_at is null then
    return;
  end if;
  select * into v_grant
  from public.credit_transactions as t
  where t.user_id = p_user_id and t.idempotency_key = 'trial';
  if not found then
    select p.* into v_plan
    from private.ordered_versions(p_source, 'subscription', p_facts.id) as o
    cross join lateral private.read_subscription(p_source, o.object) as f
    cross join lateral private.plan_of_price(f.price_id) as p
    where f.status = 'trialing'
    order by o.n
    limit 1;
    if coalesce(v_plan.trial_credits, 0) = 0 then
      return;
    end if;
    v_grant := private.grant_credits(
      p_user_id, v_plan.trial_credits, 'trial_grant', 'Trial credits',
      jsonb_build_object('subscription_id', p_facts.id, 'plan_id', v_plan.id),
      'trial', p_facts.trial_end, p_source || '_subscription', p_facts.id,
      p_now => p_now, p_is_late => true
    );
  end if;
  if v_grant.cause_type = p_source || '_subscription' and v_grant.cause_id = p_facts.id then
    perform private.move_expiry(p_user_id, v_grant.seq, v_ends_at, p_now);
  end if;
end;
$$;
