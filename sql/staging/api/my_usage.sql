create function staging.my_usage()
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.staging_my_usage();
end;
grant execute on function staging.my_usage() to authenticated;
comment on function staging.my_usage() is
  'The caller''s plan as {plan, monthly_limit, used, remaining, period_start, period_end}: images, counted in the subscription''s period or the calendar month (UTC). Null limit and remaining: no limit. Errors: PT403 not_signed_in.';
