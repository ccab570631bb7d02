-- Claims jobs whose provider is to be asked again, or has called back.
create function private.claim_waiting(
  p_worker text,
  p_limit integer,
  p_type public.job_types,
  p_now timestamptz
)
returns setof public.jobs
language plpgsql
set search_path = ''
as $$
begin
  return query
    update public.jobs as j
    set
      status = 'processing',
      lock_token = gen_random_uuid(),
      worker = p_worker,
      lease_expires_at = p_now + p_type.lease,
      due_at = least(p_now + p_type.lease, j.deadline)
    where j.id = any (array(
      select w.id
      from public.jobs as w
      where w.type = p_type.type and w.status = 'waiting' and w.run_at <= p_now
        and w.result is null and w.deadline > p_now
      order by w.run_at
      limit p_limit
      for no key update skip locked
    ))
    returning j.*;
end;
$$;
