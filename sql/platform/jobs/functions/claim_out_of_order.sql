-- A round of a claim that has lanes of a type behind this one in name already. Lanes are
-- locked by name, and "skip locked" waits all the same where a row is updated once more
-- in the moment it is looked at: with the end of a job in a chain, which has two lanes,
-- that was a deadlock. So the claim does not wait, and takes none of this type then.
create function private.claim_out_of_order(
  p_worker text,
  p_limit integer,
  p_type public.job_types,
  p_one boolean,
  p_now timestamptz
)
returns setof public.jobs
language plpgsql
set search_path = ''
set lock_timeout = '20ms'   -- less than deadlock_timeout, so that it is not the other who fails
as $$
declare
  v_jobs public.jobs[];
begin
  begin
    v_jobs := array(select j from private.claim_queued(p_worker, p_limit, p_type, p_one, p_now) as j);
  exception when lock_not_available or deadlock_detected then
    return;
  end;
  return query select * from unnest(v_jobs);
end;
$$;
