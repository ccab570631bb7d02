-- How many whole months lie between two times, in UTC; a month ends on the last day
-- of a shorter one.
create function private.whole_months(p_from timestamptz, p_to timestamptz)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_from timestamp := p_from at time zone 'UTC';
  v_to timestamp := p_to at time zone 'UTC';
  v_months integer := (
    (extract(year from v_to) - extract(year from v_from)) * 12
    + extract(month from v_to) - extract(month from v_from)
  )::integer;
begin
  if v_from + v_months * interval '1 month' > v_to then
    v_months := v_months - 1;
  end if;
  return greatest(v_months, 0);
end;
$$;
