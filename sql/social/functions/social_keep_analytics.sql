-- The snapshot of numbers that are new or changed.
create function private.social_keep_analytics()
returns trigger
language plpgsql
security definer            -- nobody writes the history by hand
set search_path = ''
as $$
begin
  insert into social.analytics_history (
    user_id, content_id, platform, likes, shares, comments, impressions, reach, engagement_rate,
    clicks, conversions, raw_metrics, recorded_at
  )
  values (
    new.user_id, new.content_id, new.platform, new.likes, new.shares, new.comments,
    new.impressions, new.reach, new.engagement_rate, new.clicks, new.conversions,
    new.raw_metrics, new.recorded_at
  );
  return null;
end;
$$;
