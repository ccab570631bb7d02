create function public.release_hold(p_hold_id uuid)
returns public.credit_holds
language sql
security invoker
set search_path = ''
begin atomic
  select private.release_hold(p_hold_id);
end;
grant execute on function public.release_hold(uuid) to service_role;
comment on function public.release_hold(uuid) is
  'Gives back what a hold has not captured and returns the hold; repeating it changes nothing. Errors: PT404 hold_not_found; PT409 hold_already_captured.';
