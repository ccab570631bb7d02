create function public.create_checkout(p_package_id uuid, p_idempotency_key text)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.create_checkout(p_package_id, p_idempotency_key);
end;
grant execute on function public.create_checkout(uuid, text) to authenticated;
comment on function public.create_checkout(uuid, text) is
  'Begins a purchase by the caller and returns {checkout_id, user_id, email, status, external_id, url, stripe_customer_id, package}; the same key returns the same one. Called by the checkout function. Errors: PT404 package_not_found; PT403 not_signed_in, profile_missing, account_suspended; PT400 argument_missing, argument_too_long; PT409 idempotency_key_reused; PT429 too_many_checkouts.';
