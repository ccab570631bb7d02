-- Monitoring that is turned on gets its start and its end, also if it was on before;
-- an end that comes with it counts. Turned off, nothing is due any more.
create function private.social_time_monitoring()
returns trigger
language plpgsql
security definer            -- reads the rules whatever the caller sees
set search_path = ''
as $$
begin
  if not new.monitoring_enabled then
    new.next_check_at := null;
  elsif tg_op = 'INSERT' or not old.monitoring_enabled then
    new.monitoring_started_at := now();
    if new.monitoring_ends_at is null
      or (tg_op = 'UPDATE' and new.monitoring_ends_at is not distinct from old.monitoring_ends_at) then
      new.monitoring_ends_at := now()
        + make_interval(days => private.social_monitoring_days(new.user_id, new.social_account_id));
    end if;
    new.next_check_at := coalesce(new.next_check_at, now() + interval '5 minutes');
  end if;
  return new;
end;
$$;
