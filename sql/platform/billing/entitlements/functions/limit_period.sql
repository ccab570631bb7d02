-- The part of a subscription's period that a limit counts in. A period of a month or
-- less is counted whole; a longer one by months from its start, since the limit is a
-- monthly one. Sellers also bill by days (30, 90, 365): up to three days short of
-- whole months count as whole, so that no rest of a few days is a fresh allowance.
-- After the end, while the renewal is not told yet, the periods go on as they were.
create function private.limit_period(
  p_start timestamptz,
  p_end timestamptz,
  p_now timestamptz,
  out starts_at timestamptz,
  out ends_at timestamptz
)
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_months integer := private.whole_months(p_start, p_end + interval '3 days');
  v_month integer := private.whole_months(p_start, p_now);
  v_step interval := p_end - p_start;
begin
  if p_now < p_end then
    v_month := least(v_month, greatest(v_months, 1) - 1);
    starts_at := private.add_months(p_start, v_month);
    ends_at := case
      when v_month + 1 >= v_months then p_end
      else private.add_months(p_start, v_month + 1)
    end;
  elsif v_months = 0 and v_step > interval '0' then
    starts_at := p_start + v_step * floor(extract(epoch from p_now - p_start) / extract(epoch from v_step));
    ends_at := starts_at + v_step;
  else
    starts_at := private.add_months(p_start, v_month);
    ends_at := private.add_months(p_start, v_month + 1);
  end if;
end;
$$;
