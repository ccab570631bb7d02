-- What cron calls: forgets what is older than the setting notification_retention.
-- What is still so is kept, or it would be told again.
create function private.purge_notifications(p_now timestamptz default now())
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_deleted integer;
begin
  delete from public.notifications_outbox as n
  where n.created_at < p_now - private.setting('notification_retention', '90 days')::interval
    and (n.kind not in ('payment_failed', 'trial_ending') or not private.is_current(n, p_now));
  get diagnostics v_deleted = row_count;
  return v_deleted;
end;
$$;
