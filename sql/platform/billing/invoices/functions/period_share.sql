-- The share of a price's full interval that a period covers, 0 to 1. Counted back
-- from the period's end, as billing cycles are, in UTC.
create function private.period_share(
  p_start timestamptz,
  p_end timestamptz,
  p_interval text,
  p_interval_count integer
)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_interval is null or p_start is null or p_end is null then 1
    when p_end <= p_start then 0
    else least(
      extract(epoch from p_end - p_start)
      / extract(epoch from p_end - private.shift_time(p_end, p_interval, -p_interval_count)),
      1
    )
  end;
end;
$$;
