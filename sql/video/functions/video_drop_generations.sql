-- Generations that are deleted: their campaigns count them no more, open jobs end,
-- holds return, results are removed. A reference image stays, it may show elsewhere.
create function private.video_drop_generations()
returns trigger
language plpgsql
security definer            -- counts, jobs and files are not the caller's to write
set search_path = ''
as $$
declare
  v_user record;
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

  perform private.cancel_jobs(
    array(
      select j.id
      from public.jobs as j
      join dropped as g on g.id = j.subject_id
      where j.finished_at is null
    ),
    'The generation was deleted.'
  );
  for v_user in
    select g.user_id, array_agg(f.value ->> 'path') as paths
    from dropped as g
    cross join lateral jsonb_array_elements(coalesce(g.files, '[]'::jsonb)) as f
    where f.value ->> 'bucket' = 'results'
    group by g.user_id
    order by g.user_id
  loop
    perform private.remove_files(v_user.user_id, 'results', v_user.paths);
  end loop;
  return null;
end;
$$;
