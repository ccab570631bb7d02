-- What cron calls once a day: has what Stripe says it sent compared with the inbox.
-- Who never began a sale has nothing to compare.
create function private.dispatch_reconcile()
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select 1 from public.checkouts)
    and not exists (select 1 from private.subscription_checkouts) then
    return false;
  end if;
  perform private.ring_billing_sync('reconcile');
  return true;
end;
$$;
