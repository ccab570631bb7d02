create function public.finish_notification(p_id uuid, p_claim_token uuid, p_error text default null)
returns public.notifications_outbox
language sql
security invoker
set search_path = ''
begin atomic
  select private.finish_notification(p_id, p_claim_token, p_error);
end;
grant execute on function public.finish_notification(uuid, uuid, text) to service_role;
comment on function public.finish_notification(uuid, uuid, text) is
  'Says that a claimed notification was sent (no error) or not (due again with backoff, ten times in all); returns its row. Errors: PT404 notification_not_found; PT409 lease_lost.';
