-- A user's plan, its limit, and what of it is used in the running period: that of
-- the subscription, else the calendar month (UTC) of the plan free. Counted are jobs,
-- not images: a photo that was staged and deleted is used up, one that failed or was
-- cancelled is not.
create function private.staging_usage(
  p_user_id uuid,
  p_now timestamptz default now(),
  out plan text,
  out monthly_limit integer,
  out used integer,
  out period_start timestamptz,
  out period_end timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select p.code, p.monthly_limit, s.current_period_start, s.current_period_end
  into plan, monthly_limit, period_start, period_end
  from public.subscriptions as s
  join public.plans as p on p.id = s.plan_id
  where s.user_id = p_user_id and s.status in ('trialing', 'active', 'past_due')
  order by s.current_period_end desc, s.id
  limit 1;
  if not found then
    plan := 'free';
    select p.monthly_limit into monthly_limit from public.plans as p where p.code = plan;
    if not found then
      monthly_limit := 0;     -- without a plan "free" nothing is; null would be no limit
    end if;
    period_start := date_trunc('month', p_now, 'UTC');
    period_end := date_trunc('month', p_now, 'UTC') + interval '1 month';
  end if;
  select count(*)::integer into used
  from public.jobs as j
  where j.user_id = p_user_id
    and j.created_at >= period_start
    and j.type = 'stage:run'
    and j.status not in ('failed', 'cancelled');
end;
$$;
