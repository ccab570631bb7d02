-- Generations that are deleted: their campaigns count them no more, open jobs end,
-- holds return, results are removed. A reference image stays, it may show elsewhere.
create function private.video_drop_generations()
returns trigger
language plpgsql
security definer            -- counts, jobs and files are not the caller's to write
set search_path = ''
as $$
begin
  update video.campaigns as c
  set completed_videos = c.completed_videos - d.n
  from (
    select g.campaign_id, count(*)::integer as n
    from dropped as g
    where g.status = 'success'
    group by g.campaign_id
  ) as d
  where c.id = d.campaign_id;

  perform private.drop_subjects(
    array(
      select row(g.user_id, 'video.generate', g.id, g.files)::private.dropped_subject from dropped as g
    ),
    'The generation was deleted.'
  );
  return null;
end;
$$;
