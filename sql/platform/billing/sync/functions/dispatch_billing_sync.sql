-- What cron calls every minute: rings billing-sync while an object has to be
-- fetched, or somebody who left would still be charged.
create function private.dispatch_billing_sync()
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select 1 from private.billing_objects as o where o.stale_since is not null)
    and not exists (select 1 from private.abandoned_subscriptions(1)) then
    return false;
  end if;
  perform private.ring_billing_sync('catch_up');
  return true;
end;
$$;
