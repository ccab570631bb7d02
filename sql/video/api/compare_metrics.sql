create function video.compare_metrics(p_platform text default null)
returns table (
  platform text,
  compared bigint,
  predicted numeric,
  actual numeric,
  mean_difference numeric,
  mean_error numeric
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select c.platform, c.compared, c.predicted, c.actual, c.mean_difference, c.mean_error
  from private.video_compare_metrics(p_platform) as c;
end;
comment on function video.compare_metrics(text) is
  'How the predicted scores of the caller did against the actual ones, a row a platform (null: metrics without one): how many are compared, the mean of both, the mean difference (above 0: better than predicted) and the mean error whatever its sign. Null p_platform: all. Errors: PT403 not_signed_in.';
grant execute on function video.compare_metrics(text) to authenticated;
