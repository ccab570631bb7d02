-- Whether what a notification says is still so: a balance that rose again, an invoice
-- that was paid meanwhile, a trial that ended is not told any more.
create function private.is_current(p_notification public.notifications_outbox, p_now timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_payload jsonb := p_notification.payload;
begin
  if not exists (
    select 1 from public.profiles as p where p.id = p_notification.user_id and p.deleted_at is null
  ) then
    return false;
  end if;
  return case p_notification.kind
    when 'low_balance' then exists (
      select 1
      from public.credit_accounts as a
      where a.user_id = p_notification.user_id and a.balance < a.low_balance_at
    )
    when 'payment_failed' then exists (
      select 1
      from public.invoices as i
      where i.id = (v_payload ->> 'invoice_id')::uuid and i.status = 'open'
    )
    when 'trial_ending' then exists (
      select 1
      from public.subscriptions as s
      where s.id = v_payload ->> 'subscription_id' and s.status = 'trialing' and s.trial_end > p_now
    )
    else true
  end;
end;
$$;
