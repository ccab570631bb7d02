-- A user leaves: runs of chains, which begin new work, go first, then generations, and
-- with them open work and files; then what they stood on, and the uploads that only
-- these rows named.
create function private.video_retire_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_uploads text[] := array(
    select private.storage_path('uploads', u.url)
    from (
      select g.reference_image_url as url from video.generations as g where g.user_id = p_user_id
      union
      select r.input ->> 'image' from video.tool_chain_runs as r where r.user_id = p_user_id
      union
      select s.thumbnail_url from video.style_presets as s where s.user_id = p_user_id
    ) as u
    where split_part(private.storage_path('uploads', u.url), '/', 1) = p_user_id::text
  );
begin
  perform 1 from video.tool_chain_runs as r where r.user_id = p_user_id order by r.id for no key update;
  perform 1 from video.campaigns as c where c.user_id = p_user_id order by c.id for no key update;
  perform private.video_lock_rows(array(select g.id from video.generations as g where g.user_id = p_user_id));
  delete from video.performance_metrics as m where m.user_id = p_user_id;
  perform private.video_drop_chain_runs(
    p_user_id, array(select r.id from video.tool_chain_runs as r where r.user_id = p_user_id)
  );
  delete from video.generations as g where g.user_id = p_user_id;
  delete from video.storyboard_sequences as s where s.user_id = p_user_id;
  delete from video.campaigns as c where c.user_id = p_user_id;
  delete from video.brand_guidelines as b where b.user_id = p_user_id;
  delete from video.tool_configurations as t where t.user_id = p_user_id;
  delete from video.style_presets as s where s.user_id = p_user_id;
  delete from video.tool_preset_chains as c where c.user_id = p_user_id;
  delete from video.platform_configurations as p where p.user_id = p_user_id;
  perform private.remove_files(p_user_id, 'uploads', v_uploads);
end;
$$;
