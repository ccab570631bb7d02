create function public.admin_link_whop_user(p_whop_user_id text, p_user_id uuid, p_reason text)
returns public.customers
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_link_whop_user(p_whop_user_id, p_user_id, p_reason);
end;
grant execute on function public.admin_link_whop_user(text, uuid, text) to authenticated;
comment on function public.admin_link_whop_user(text, uuid, text) is
  'An admin says whose a Whop user (user_…) is; events that wait for customer:<that id> are then applied. Returns the row of customers. Errors: PT403 admin_only; PT404 user_not_found; PT409 customer_already_linked; PT400 argument_missing, argument_too_long.';
