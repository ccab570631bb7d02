create function public.claim_notifications(p_limit integer default 100, p_lease interval default '5 minutes')
returns setof public.notifications_outbox
language sql
security invoker
set search_path = ''
begin atomic
  select * from private.claim_notifications(p_limit, p_lease);
end;
grant execute on function public.claim_notifications(integer, interval) to service_role;
comment on function public.claim_notifications(integer, interval) is
  'Takes what users are to be told, for a lease: rows of notifications_outbox with a claim_token each; say how it went by finish_notification. Two senders never get one row at once. Delivery is at least once: use dedup_key with the email provider. Errors: PT400 limit_invalid.';
