create function public.entitlement(p_feature text)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.my_entitlement(p_feature);
end;
grant execute on function public.entitlement(text) to authenticated;
comment on function public.entitlement(text) is
  'What the caller''s plan says of a feature, as {feature, allowed, value, plan, status, limit, used, remaining, period_start, period_end}. value is that of plans.features (monthly_limit: the column); limit is a number''s, null is no limit; used and remaining are null for what is not counted. status is the subscription''s, null on the free plan. Errors: PT403 not_signed_in; PT400 argument_missing, argument_too_long.';
