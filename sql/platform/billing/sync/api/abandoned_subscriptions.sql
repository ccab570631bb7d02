create function public.abandoned_subscriptions(p_limit integer)
returns setof text
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.abandoned_subscriptions(p_limit);
end;
grant execute on function public.abandoned_subscriptions(integer) to service_role;
comment on function public.abandoned_subscriptions(integer) is
  'Ids of Stripe subscriptions, not over, of users who closed their account: billing-sync cancels them. Errors: PT400 limit_invalid.';
