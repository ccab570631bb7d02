create function social.engagement_over_time(
  p_days integer default 30,
  p_platform text default null
)
returns table (
  day date,
  platform social.social_platform,
  posts bigint,
  likes bigint,
  shares bigint,
  comments bigint,
  impressions bigint,
  reach bigint,
  clicks bigint,
  conversions bigint,
  engagement_rate numeric
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_engagement_over_time(p_days, p_platform);
end;
grant execute on function social.engagement_over_time(integer, text) to authenticated;
comment on function social.engagement_over_time(integer, text) is
  'The caller''s numbers a day (UTC) and platform within p_days (1 to 365): of each post the last snapshot of the day, added up; engagement_rate is their average. Errors: PT403 not_signed_in; PT400 limit_invalid, argument_missing, argument_too_long, platform_unknown.';
