create function public.attach_checkout(
  p_checkout_id uuid,
  p_external_id text,
  p_url text,
  p_stripe_customer_id text default null
)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.attach_checkout(p_checkout_id, p_external_id, p_url, p_stripe_customer_id);
end;
grant execute on function public.attach_checkout(uuid, text, text, text) to service_role;
comment on function public.attach_checkout(uuid, text, text, text) is
  'Notes the payment provider''s session of a checkout: {checkout_id, session_id, url}. Errors: PT404 checkout_not_found; PT409 checkout_already_attached; PT400 argument_missing, argument_too_long.';
