create function public.release_subscription_checkout(p_checkout_id uuid)
returns void
language sql
security invoker
set search_path = ''
begin atomic
  select private.release_subscription_checkout(p_checkout_id);
end;
grant execute on function public.release_subscription_checkout(uuid) to service_role;
comment on function public.release_subscription_checkout(uuid) is
  'Says that no session came of a checkout, so that another may begin at once. Errors: PT404 checkout_not_found.';
