-- The next lanes of a type in fair order, locked: one, or at most twenty. The limits
-- are literals: a parameter would let a cached plan sort all lanes.
create function private.lock_ready_lanes(p_type text, p_cap integer, p_one boolean, p_now timestamptz)
returns setof private.job_lanes
language plpgsql
set search_path = ''
as $$
begin
  if p_one then
    return query
      select l.*
      from private.job_lanes as l
      where l.type = p_type and l.ready and l.running < p_cap and l.next_at <= p_now
      order by l.running, l.next_at
      limit 1
      for no key update skip locked;
  else
    return query
      select l.*
      from private.job_lanes as l
      where l.type = p_type and l.ready and l.running < p_cap and l.next_at <= p_now
      order by l.running, l.next_at
      limit 20
      for no key update skip locked;
  end if;
end;
$$;
