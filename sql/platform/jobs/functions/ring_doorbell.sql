-- Tells the worker function that there is work, through pg_net after commit. It
-- rings at most every 20 ms and never waits: a ring that is lost loses nothing,
-- since cron rings again while there is work.
create function private.ring_doorbell()
returns boolean
language plpgsql
security definer            -- the secret is not the caller's to read
set search_path = ''
as $$
declare
  v_url text := private.setting('functions_url');
begin
  if v_url is null then
    return false;
  end if;
  update private.doorbell as d
  set rung_at = clock_timestamp()
  where d.id = (
    select b.id
    from private.doorbell as b
    where b.rung_at < clock_timestamp() - interval '20 milliseconds'
    for no key update skip locked
  );
  if not found then
    return false;
  end if;
  perform net.http_post(
    url => v_url || '/worker',
    body => '{"type": "doorbell"}'::jsonb,
    headers => jsonb_build_object(
      'content-type', 'application/json',
      'authorization', 'Bearer ' || private.secret('worker_secret')
    ),
    timeout_milliseconds => 5000
  );
  return true;
end;
$$;
