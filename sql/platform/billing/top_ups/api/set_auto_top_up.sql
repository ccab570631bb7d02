create function public.set_auto_top_up(
  p_enabled boolean,
  p_threshold integer default null,
  p_package_id uuid default null,
  p_monthly_cap integer default null
)
returns public.auto_top_ups
language sql
security invoker
set search_path = ''
begin atomic
  select private.set_auto_top_up(p_enabled, p_threshold, p_package_id, p_monthly_cap);
end;
grant execute on function public.set_auto_top_up(boolean, integer, uuid, integer) to authenticated;
comment on function public.set_auto_top_up(boolean, integer, uuid, integer) is
  'Sets the caller''s auto-top-up and returns its row: when the available credits fall below p_threshold, the package is bought with the saved payment method, for at most p_monthly_cap (minor units of the package''s currency) a calendar month (UTC). Off with p_enabled false alone. Errors: PT422 payment_method_missing; PT404 package_not_found; PT400 input_invalid, argument_missing; PT403 not_signed_in, profile_missing, account_suspended.';
