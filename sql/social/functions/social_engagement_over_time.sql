-- Numbers of a platform are totals so far: of each post the last snapshot of a day
-- counts, and adding all of them up would count every like many times.
create function private.social_engagement_over_time(p_days integer, p_platform text)
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
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid := private.require_user_id();
  v_platform social.social_platform;
begin
  perform private.social_check_limit('p_days', p_days, 365);
  if p_platform is not null then
    v_platform := private.social_platform(p_platform);
  end if;
  return query
  select
    s.day, s.platform, count(*), sum(s.likes), sum(s.shares), sum(s.comments), sum(s.impressions),
    sum(s.reach), sum(s.clicks), sum(s.conversions), round(avg(s.engagement_rate), 4)
  from (
    select distinct on (h.content_id, h.platform, (h.recorded_at at time zone 'utc')::date)
      (h.recorded_at at time zone 'utc')::date as day, h.*
    from social.analytics_history as h
    where h.user_id = v_user_id
      and h.recorded_at >= now() - make_interval(days => p_days)
      and (v_platform is null or h.platform = v_platform)
    order by
      h.content_id, h.platform, (h.recorded_at at time zone 'utc')::date, h.recorded_at desc, h.id desc
  ) as s
  group by s.day, s.platform
  order by s.day, s.platform;
end;
$$;
grant execute on function private.social_engagement_over_time(integer, text) to authenticated;
