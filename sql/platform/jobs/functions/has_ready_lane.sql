-- Whether some user has a job of a type that may begin now: one look into the index of
-- the lanes. Most types of a worker have none, and that is all that they cost a claim.
create function private.has_ready_lane(p_type text, p_cap integer, p_now timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select 1
    from private.job_lanes as l
    where l.type = p_type and l.ready and l.running < p_cap and l.next_at <= p_now
  );
end;
$$;
