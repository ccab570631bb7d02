create function private.require_lease(p_job public.jobs, p_lock_token uuid, p_now timestamptz)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_job.status <> 'processing'
    or p_job.lock_token is distinct from p_lock_token
    or p_job.lease_expires_at <= p_now then
    raise exception using
      errcode = 'PT409', message = 'lease_lost',
      detail = format('Job %s is %s and not under this lock token.', p_job.id, p_job.status),
      hint = 'Stop working on it and drop the result.';
  end if;
end;
$$;
