create function public.finish_subscription_change(p_change_id uuid, p_is_done boolean)
returns void
language sql
security invoker
set search_path = ''
begin atomic
  select private.finish_subscription_change(p_change_id, p_is_done);
end;
grant execute on function public.finish_subscription_change(uuid, boolean) to service_role;
comment on function public.finish_subscription_change(uuid, boolean) is
  'Says that a change was carried out (true) or given up, so that another may begin. Errors: PT404 change_not_found.';
