-- The subscription that gives a user their plan now, or none (then they are free):
-- one that is paid or on trial, or whose payment has been late for less than the
-- setting past_due_grace. Of several the one that lasts longest.
create function private.live_subscription(p_user_id uuid, p_now timestamptz default now())
returns public.subscriptions
language plpgsql
stable
security definer            -- looks at a user's subscriptions whatever the policies say
set search_path = ''
as $$
declare
  v_grace interval := private.setting('past_due_grace', '7 days')::interval;
  v_subscription public.subscriptions;
begin
  select s.* into v_subscription
  from public.subscriptions as s
  where s.user_id = p_user_id
    and s.plan_id is not null
    and (
      s.status in ('trialing', 'active')
      or (
        s.status = 'past_due'
        -- Late since the history says so; before there is one, since the period began.
        and p_now < v_grace + coalesce(
          (
            select max(h.started_at)
            from public.subscription_history as h
            where h.subscription_id = s.id and h.status = 'past_due' and h.ended_at is null
          ),
          s.current_period_start
        )
      )
    )
  order by s.current_period_end desc, s.id
  limit 1;
  return v_subscription;
end;
$$;
