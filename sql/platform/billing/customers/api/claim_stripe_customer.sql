create function public.claim_stripe_customer(p_user_id uuid, p_stripe_customer_id text)
returns text
language sql
security invoker
set search_path = ''
begin atomic
  select private.claim_stripe_customer(p_user_id, p_stripe_customer_id);
end;
grant execute on function public.claim_stripe_customer(uuid, text) to service_role;
comment on function public.claim_stripe_customer(uuid, text) is
  'Notes a user''s Stripe customer, the first that is told, and returns the one that counts. Errors: PT404 user_not_found; PT409 customer_taken; PT400 argument_missing, argument_too_long.';
