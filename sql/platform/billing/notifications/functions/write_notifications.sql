-- What cron calls: tells of payments that failed and of trials that end within three
-- days. Both are read from the mirrors, not from events, so that it is the same in
-- whatever order those arrive, and what was settled meanwhile is not told at all.
create function private.write_notifications(p_now timestamptz default now())
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.notify(
    i.user_id, 'payment_failed', 'payment_failed:' || i.source || ':' || i.external_id || ':' || i.attempt_count,
    jsonb_build_object(
      'invoice_id', i.id, 'source', i.source, 'amount_due', i.amount_due, 'currency', i.currency,
      'attempt', i.attempt_count, 'next_attempt_at', i.next_payment_attempt
    ),
    p_now
  )
  from public.invoices as i
  where i.status = 'open' and i.attempt_count > 0
    and not exists (
      select 1
      from public.notifications_outbox as n
      where n.dedup_key = 'payment_failed:' || i.source || ':' || i.external_id || ':' || i.attempt_count
    )
  order by i.id;

  perform private.notify(
    s.user_id, 'trial_ending', 'trial_ending:' || s.id || ':' || extract(epoch from s.trial_end)::bigint,
    jsonb_build_object(
      'subscription_id', s.id, 'trial_end', s.trial_end, 'cancels', s.cancel_at_period_end,
      'plan', (select p.code from public.plans as p where p.id = s.plan_id)
    ),
    p_now
  )
  from public.subscriptions as s
  where s.status = 'trialing' and s.trial_end > p_now and s.trial_end <= p_now + interval '3 days'
    and not exists (
      select 1
      from public.notifications_outbox as n
      where n.dedup_key = 'trial_ending:' || s.id || ':' || extract(epoch from s.trial_end)::bigint
    )
  order by s.id;
end;
$$;
