-- Has events that wait for one of these tried again at once, also those that had
-- been given up. One that somebody is at right now has its own next attempt.
create function private.wake_events(p_source text, p_keys text[], p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select 1 from public.webhook_events as w where w.source = p_source and w.waiting_for = any (p_keys)
  ) then
    return;                 -- as mostly
  end if;
  update public.webhook_events as e
  set next_attempt_at = least(e.next_attempt_at, p_now)
  from (
    select w.id
    from public.webhook_events as w
    where w.source = p_source and w.waiting_for = any (p_keys)
    for no key update skip locked
  ) as w
  where e.id = w.id;
end;
$$;
