-- What a line of an invoice grants, as slots of time: one for its period, or one a
-- month where its plan grants by the month. credits has the sign of the line, so that
-- the unused rest of a lesser plan counts against a larger one; a proration counts by
-- the share of the interval that it covers. A trial's line (nothing is charged for
-- what has a price) grants nothing.
create function private.line_slots(p_line private.invoice_line)
returns table (due_at timestamptz, expires_at timestamptz, credits numeric, rollover_cap integer, rollover_until timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plan public.plans := private.plan_of_price(p_line.price_id);
  v_price public.prices;
  v_sign integer := case when p_line.amount < 0 then -1 else 1 end;
  v_start timestamptz := p_line.period_start;
  v_end timestamptz := p_line.period_end;
  v_from timestamptz;
begin
  select * into v_price from public.prices as p where p.id = p_line.price_id;
  if v_plan.id is null or v_end is null or (p_line.amount = 0 and v_price.unit_amount is distinct from 0) then
    return;
  end if;
  credits := v_sign * v_plan.credits_per_period::numeric * p_line.quantity;
  rollover_cap := v_sign * v_plan.rollover_cap;
  if v_plan.grant_interval is null then
    if p_line.is_proration then
      credits := credits * private.period_share(v_start, v_end, v_price.interval, v_price.interval_count);
    end if;
    due_at := '-infinity';
    expires_at := v_end;
    rollover_until := private.shift_time(v_end, v_price.interval, v_price.interval_count);
    return next;
    return;
  end if;
  -- Months counted back from the end, up to a hundred years: the first may be a part.
  for i in 1 .. 1200 loop
    expires_at := private.shift_time(v_end, 'month', 1 - i);
    exit when expires_at <= v_start or v_start is null;
    v_from := private.shift_time(v_end, 'month', -i);
    due_at := greatest(v_from, v_start);
    rollover_until := private.shift_time(expires_at, 'month', 1);
    credits := v_sign * v_plan.credits_per_period::numeric * p_line.quantity
      * case
        when p_line.is_proration
          then extract(epoch from expires_at - due_at) / extract(epoch from expires_at - v_from)
        else 1
      end;
    return next;
  end loop;
end;
$$;
