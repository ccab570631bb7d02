-- What a user's plan says of a feature, and what of it is used. The plan is that of
-- the live subscription, in its period; else "free", in the calendar month (UTC). The
-- value is plans.features' own, but for monthly_limit, which is a column: true or
-- false, a number (a limit), null (no limit) or anything else that the product reads;
-- a feature that the plan does not name is not allowed.
create function private.entitlement(
  p_user_id uuid,
  p_feature text,
  p_now timestamptz default now(),
  out plan text,
  out status text,
  out value jsonb,
  out is_allowed boolean,
  out usage_limit bigint,
  out used integer,
  out period_start timestamptz,
  out period_end timestamptz
)
language plpgsql
stable
security definer            -- plans that are not for sale and all use are counted
set search_path = ''
as $$
declare
  v_subscription public.subscriptions := private.live_subscription(p_user_id, p_now);
  v_plan public.plans;
  v_counter text;
begin
  if v_subscription.id is not null then
    select * into v_plan from public.plans as p where p.id = v_subscription.plan_id;
    select l.starts_at, l.ends_at into period_start, period_end
    from private.limit_period(
      v_subscription.current_period_start, v_subscription.current_period_end, p_now
    ) as l;
  else
    select * into v_plan from public.plans as p where p.code = 'free';
    period_start := date_trunc('month', p_now, 'UTC');
    period_end := private.add_months(period_start, 1);
  end if;
  plan := coalesce(v_plan.code, 'free');
  status := v_subscription.status;
  value := case
    when p_feature <> 'monthly_limit' then v_plan.features -> p_feature
    when v_plan.id is null then to_jsonb(0)     -- null would be no limit
    else coalesce(to_jsonb(v_plan.monthly_limit), 'null'::jsonb)
  end;
  if jsonb_typeof(value) = 'number' then
    usage_limit := floor((value #>> '{}')::numeric)::bigint;
  end if;
  select c.counter into v_counter from private.usage_counters as c where c.feature = p_feature;
  if found then
    execute format('select %s($1, $2)', to_regprocedure(v_counter || '(uuid, timestamptz)')::oid::regproc)
      into used using p_user_id, period_start;
  end if;
  is_allowed := case jsonb_typeof(value)
    when 'boolean' then value = 'true'::jsonb
    when 'number' then usage_limit > coalesce(used, 0)
    else value is not null
  end;
end;
$$;
