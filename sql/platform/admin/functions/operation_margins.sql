-- What operations brought in and what their providers cost, for admins. A credit is
-- worth p_credit_value, else the setting credit_value, else the least that an active
-- package charges for one. Null costs are calls whose price api_costs does not know.
create function private.operation_margins(
  p_from timestamptz default '-infinity',
  p_to timestamptz default 'infinity',
  p_credit_value numeric default null
)
returns table (
  operation text,
  completed bigint,
  failed bigint,
  credits bigint,
  revenue numeric,
  calls bigint,
  unpriced_calls bigint,
  cost numeric,
  margin numeric,
  margin_percent numeric
)
language plpgsql
stable
security definer            -- jobs, logs and prices of all users
set search_path = ''
as $$
declare
  v_credit_value numeric := coalesce(
    p_credit_value,
    private.setting('credit_value')::numeric,
    (
      select min(c.unit_amount / 100.0 / c.credits)
      from public.credit_packages as c
      where c.is_active and c.unit_amount > 0
    )
  );
begin
  perform private.require_admin();
  if not coalesce(v_credit_value, 0) between 0 and 1000000 then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = 'A credit is worth 0 to 1000000 currency units.', hint = 'Send another p_credit_value.';
  end if;
  return query
    with ended as (
      select
        j.type,
        count(*) filter (where j.status = 'completed') as completed,
        count(*) filter (where j.status = 'failed') as failed,
        coalesce(sum(j.price) filter (where j.status = 'completed'), 0) as credits
      from public.jobs as j
      where j.finished_at >= p_from and j.finished_at < p_to
      group by j.type
    ),
    called as (
      select
        j.type,
        count(*) as calls,
        -- Submits, polls and cancels are free: the call that is billed has the operation's name.
        count(*) filter (
          where l.cost is null and l.error_message is null and l.operation_type !~ '\.(submit|poll|cancel)$'
        ) as unpriced_calls,
        coalesce(sum(l.cost), 0) as cost
      from public.api_usage_logs as l
      join public.jobs as j on j.id = l.job_id
      where l.created_at >= p_from and l.created_at < p_to
      group by j.type
    ),
    totals as (
      select
        coalesce(e.type, c.type) as type,
        coalesce(e.completed, 0) as completed,
        coalesce(e.failed, 0) as failed,
        coalesce(e.credits, 0) as credits,
        round(coalesce(e.credits, 0) * v_credit_value, 4) as revenue,
        coalesce(c.calls, 0) as calls,
        coalesce(c.unpriced_calls, 0) as unpriced_calls,
        coalesce(c.cost, 0) as cost
      from ended as e
      full join called as c on c.type = e.type
    )
    select
      t.type, t.completed, t.failed, t.credits, t.revenue, t.calls, t.unpriced_calls, t.cost,
      t.revenue - t.cost,
      round(100 * (t.revenue - t.cost) / nullif(t.revenue, 0), 1)
    from totals as t
    where t.credits > 0 or t.calls > 0
    order by t.revenue - t.cost desc nulls last, t.type;
end;
$$;
grant execute on function private.operation_margins(timestamptz, timestamptz, numeric) to authenticated;
