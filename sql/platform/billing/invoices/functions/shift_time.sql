-- A time moved by so many intervals of a price, in UTC whatever the session's zone.
create function private.shift_time(p_time timestamptz, p_interval text, p_count integer)
returns timestamptz
language plpgsql
immutable
set search_path = ''
as $$
begin
  return ((p_time at time zone 'UTC') + case p_interval
    when 'day' then make_interval(days => p_count)
    when 'week' then make_interval(weeks => p_count)
    when 'year' then make_interval(years => p_count)
    else make_interval(months => p_count)
  end) at time zone 'UTC';
end;
$$;
