create function social.usage_report(p_days integer default 30)
returns table (
  day date,
  transaction_type text,
  transactions bigint,
  credits bigint
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_usage_report(p_days);
end;
grant execute on function social.usage_report(integer) to authenticated;
comment on function social.usage_report(integer) is
  'The caller''s credits by day (UTC, newest first) and type over the last p_days (1 to 366, today included): how many transactions, and their sum, negative for what was taken. Days without any have no row. Errors: PT403 not_signed_in; PT400 limit_invalid.';
