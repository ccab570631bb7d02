-- The plan in a user's credit account: what it grants a period, and when it is
-- granted anew: the end of the period, or the next month of a year that is granted
-- by the month. Of several running subscriptions the one that lasts longest counts.
create function private.follow_plan(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_credits integer := 0;
  v_next timestamptz;
begin
  select
    least(p.credits_per_period::bigint * s.quantity, 2000000000)::integer,
    coalesce(
      (
        select min(g.due_at)
        from public.payments as y
        join private.payment_grants as g on g.source = y.source and g.payment_id = y.external_id
        where y.source = s.source and y.subscription_id = s.id and g.lot_seq is null and not g.is_cancelled
      ),
      s.current_period_end
    )
  into v_credits, v_next
  from public.subscriptions as s
  join public.plans as p on p.id = s.plan_id
  where s.user_id = p_user_id and s.status in ('trialing', 'active', 'past_due')
  order by s.current_period_end desc, s.id
  limit 1;
  update public.credit_accounts as a
  set plan_credits = coalesce(v_credits, 0), next_reset_at = v_next
  where a.user_id = p_user_id
    and (a.plan_credits, a.next_reset_at) is distinct from (coalesce(v_credits, 0), v_next);
end;
$$;
