-- What cron calls every few seconds: rings the worker while there is runnable
-- work. Without a URL it raises: an installation that dispatches nothing must not
-- look healthy.
create function private.dispatch_jobs(p_now timestamptz default now())
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select 1
    from private.job_lanes as l
    join public.job_types as t on t.type = l.type
    where l.ready and l.next_at <= p_now and l.running < t.max_running_per_user and t.is_active
  ) and not exists (
    select 1
    from public.jobs as j
    where j.status = 'waiting' and j.run_at <= p_now and j.result is null
  ) then
    return false;
  end if;
  if private.setting('functions_url') is null then
    raise exception using
      errcode = 'PT500', message = 'setting_missing',
      detail = 'Jobs wait, but the setting "functions_url" is missing.',
      hint = 'Set it with private.set_setting; see docs/deploy.md.';
  end if;
  return private.ring_doorbell();
end;
$$;
