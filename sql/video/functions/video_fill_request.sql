-- A request with what it leaves empty: from the tool configuration that it names, the
-- style preset, the configuration of its platform, else the usual. All of them are
-- the user's own; what costs (model, resolution, seconds) comes from the request or
-- from the tool configuration alone.
create function private.video_fill_request(p_request video.generations)
returns video.generations
language plpgsql
stable
set search_path = ''
as $$
declare
  v_request video.generations := p_request;
  v_tool jsonb;
  v_style jsonb;
  v_character text;
  v_ratio text;
begin
  if v_request.tool_configuration_id is not null then
    select t.configuration, t.character_id into v_tool, v_character
    from video.tool_configurations as t
    where t.id = v_request.tool_configuration_id and t.user_id = v_request.user_id;
    v_request.character_id := coalesce(v_request.character_id, v_character);
    v_request.style_preset_id := coalesce(
      v_request.style_preset_id,
      (
        select s.id
        from video.style_presets as s
        where s.id::text = v_tool ->> 'style_preset_id' and s.user_id = v_request.user_id
      )
    );
  end if;
  if v_request.style_preset_id is not null then
    select s.style_data, s.character_id into v_style, v_character
    from video.style_presets as s
    where s.id = v_request.style_preset_id and s.user_id = v_request.user_id;
    v_request.character_id := coalesce(v_request.character_id, v_character);
  end if;
  v_request.platform := coalesce(btrim(v_request.platform), v_tool ->> 'platform');
  if v_request.platform is null and v_request.campaign_id is not null then
    select c.platform[1] into v_request.platform
    from video.campaigns as c
    where c.id = v_request.campaign_id and c.user_id = v_request.user_id
      and cardinality(c.platform) = 1;
  end if;
  if v_request.platform is not null then
    select p.aspect_ratio into v_ratio
    from video.platform_configurations as p
    where p.user_id = v_request.user_id and p.platform = v_request.platform;
  end if;

  v_request.prompt := btrim(v_request.prompt, E' \t\r\n');
  v_request.model := coalesce(v_request.model, v_tool ->> 'model');
  v_request.aspect_ratio := coalesce(
    v_request.aspect_ratio, v_tool ->> 'aspect_ratio', v_style ->> 'aspect_ratio', v_ratio, '16:9'
  );
  v_request.resolution := private.video_resolution(
    coalesce(v_request.resolution, v_tool ->> 'resolution', '720p')
  );
  v_request.seconds := coalesce(
    v_request.seconds,
    case when v_tool ->> 'seconds' ~ '^[0-9]{1,4}$' then (v_tool ->> 'seconds')::integer end,
    (private.video_limits(v_request.model, v_request.resolution)).default_seconds
  );
  v_request.negative_prompt := coalesce(
    v_request.negative_prompt, v_tool ->> 'negative_prompt', v_style ->> 'negative_prompt'
  );
  v_request.reference_image_url := nullif(btrim(v_request.reference_image_url), '');
  v_request.mode := coalesce(
    v_request.mode, v_tool ->> 'mode',
    case when v_request.reference_image_url is null then 'text-to-video' else 'image-to-video' end
  );
  return v_request;
end;
$$;
