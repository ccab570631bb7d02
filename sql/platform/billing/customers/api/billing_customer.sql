create function public.billing_customer()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.billing_customer();
end;
grant execute on function public.billing_customer() to authenticated;
comment on function public.billing_customer() is
  'Who the caller is to Stripe: {user_id, email, stripe_customer_id}; the last is null before the first purchase. Errors: PT403 not_signed_in, profile_missing.';
