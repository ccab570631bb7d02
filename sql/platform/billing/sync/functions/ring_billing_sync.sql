-- Has the function billing-sync do a task, through pg_net after commit. A ring that
-- is lost loses nothing: cron rings again.
create function private.ring_billing_sync(p_task text)
returns void
language plpgsql
security definer            -- the secret is not the caller's to read
set search_path = ''
as $$
declare
  v_url text := private.setting('functions_url');
begin
  if v_url is null then
    raise exception using
      errcode = 'PT500', message = 'setting_missing',
      detail = 'Billing needs its function, but the setting "functions_url" is missing.',
      hint = 'Set it with private.set_setting; see docs/deploy.md.';
  end if;
  perform net.http_post(
    url => v_url || '/billing-sync',
    body => jsonb_build_object('task', p_task),
    headers => jsonb_build_object(
      'content-type', 'application/json',
      'authorization', 'Bearer ' || private.secret('worker_secret')
    ),
    timeout_milliseconds => 5000
  );
end;
$$;
