-- The video of a chain's step as a generation, paid already. It has the step's id.
create function private.video_keep_made(p_step video.tool_chain_steps, p_mode text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_video video.generations := jsonb_populate_record(null::video.generations, p_step.request);
begin
  insert into video.generations (
    id, user_id, prompt, model, aspect_ratio, resolution, mode, seconds, negative_prompt, platform,
    character_id, style_preset_id, tool_configuration_id, brand_guidelines_id, status, video_url,
    poster_url, files, credits_used, completed_at, tool_chain_run_id
  )
  values (
    p_step.id, p_step.user_id, v_video.prompt, v_video.model, v_video.aspect_ratio, v_video.resolution,
    p_mode, v_video.seconds, v_video.negative_prompt, v_video.platform, v_video.character_id,
    -- What was deleted meanwhile is named no more.
    (select s.id from video.style_presets as s where s.id = v_video.style_preset_id),
    (select t.id from video.tool_configurations as t where t.id = v_video.tool_configuration_id),
    (select b.id from video.brand_guidelines as b where b.id = v_video.brand_guidelines_id),
    'success', p_step.output ->> 'video_url', p_step.output ->> 'image_url', p_step.files,
    p_step.credits_used, now(), p_step.run_id
  )
  on conflict (id) do nothing;
end;
$$;
