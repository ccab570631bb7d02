-- The lots that an invoice's lines grant: what comes at once is one lot that ends
-- with the last period, the months of a year are one each. Credits are added up over
-- the lines and rounded once a lot; less than nothing is nothing, but what is left
-- over of a credited plan counts against the months that follow. What rolls over is
-- that of the plan itself, or of the difference where all lines are prorations.
create function private.invoice_grants(p_lines private.invoice_line[])
returns table (n integer, due_at timestamptz, expires_at timestamptz, credits integer, rollover_cap integer, rollover_until timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_slot record;
  v_left numeric := 0.0;
begin
  n := 0;
  for v_slot in
    select
      s.due_at,
      max(s.expires_at) as expires_at,
      sum(s.credits) as credits,
      greatest(
        coalesce(
          max(s.rollover_cap) filter (where not l.is_proration),
          sum(s.rollover_cap)
        ),
        0
      )::integer as rollover_cap,
      max(s.rollover_until) as rollover_until
    from unnest(p_lines) as l
    cross join lateral private.line_slots(l) as s
    group by s.due_at, case when s.due_at > '-infinity' then s.expires_at end
    order by s.due_at, 2
  loop
    v_left := v_left + v_slot.credits;
    if round(v_left) < 1 then
      v_left := least(v_left, 0);
      continue;
    end if;
    n := n + 1;
    due_at := v_slot.due_at;
    expires_at := v_slot.expires_at;
    credits := least(round(v_left), 1000000000)::integer;
    rollover_cap := v_slot.rollover_cap;
    rollover_until := v_slot.rollover_until;
    v_left := 0.0;
    return next;
  end loop;
end;
$$;
