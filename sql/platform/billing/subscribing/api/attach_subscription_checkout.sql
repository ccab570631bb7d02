create function public.attach_subscription_checkout(
  p_checkout_id uuid,
  p_session_id text,
  p_url text
)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.attach_subscription_checkout(p_checkout_id, p_session_id, p_url);
end;
grant execute on function public.attach_subscription_checkout(uuid, text, text) to service_role;
comment on function public.attach_subscription_checkout(uuid, text, text) is
  'Notes the Stripe session of a checkout: {checkout_id, session_id, url}. Errors: PT404 checkout_not_found; PT409 checkout_already_attached; PT400 argument_missing, argument_too_long.';
