-- How the predictions of the caller did: per platform, and what the signs say.
create function private.video_compare_metrics(p_platform text)
returns table (
  platform text,
  compared bigint,
  predicted numeric,
  actual numeric,
  mean_difference numeric,
  mean_error numeric
)
language plpgsql
stable
security definer            -- asks who calls, which is in private
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  return query
    select
      m.platform,
      count(*),
      round(avg(m.predicted_score), 1),
      round(avg(m.actual_score), 1),
      round(avg(m.score_difference), 1),
      round(avg(abs(m.score_difference)), 1)
    from video.performance_metrics as m
    where m.user_id = v_user_id and m.score_difference is not null
      and (p_platform is null or m.platform = p_platform)
    group by m.platform
    order by count(*) desc, m.platform;
end;
$$;
grant execute on function private.video_compare_metrics(text) to authenticated;
