-- Generations that became successes, or were linked elsewhere, move the counts of
-- their campaigns. The campaigns are locked already.
create function private.video_count_generations()
returns trigger
language plpgsql
security definer            -- the count is not the caller's to write
set search_path = ''
as $$
begin
  update video.campaigns as c
  set completed_videos = c.completed_videos + d.n
  from (
    select x.campaign_id, sum(x.n)::integer as n
    from (
      select a.campaign_id, 1 as n from after_it as a where a.status = 'success'
      union all
      select b.campaign_id, -1 from before_it as b where b.status = 'success'
    ) as x
    group by x.campaign_id
    having sum(x.n) <> 0
  ) as d
  where c.id = d.campaign_id;
  return null;
end;
$$;
