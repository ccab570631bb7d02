-- What the provider is told: the user's words first and whole, in the template of
-- their platform if it has one, then a line each for character, style, platform and
-- brand. Each line is at most about 800 characters, so the whole stays below 20,000.
create function private.video_provider_prompt(p_generation video.generations)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_prompt text := btrim(regexp_replace(p_generation.prompt, '[\s[:cntrl:]]+', ' ', 'g'));
  v_platform video.platform_configurations;
  v_template text;
  v_lines text[];
  v_brand video.brand_guidelines;
begin
  if p_generation.platform is not null then
    select * into v_platform
    from video.platform_configurations as p
    where p.user_id = p_generation.user_id and p.platform = p_generation.platform;
    v_template := private.video_words(
      coalesce(v_platform.prompt_templates -> 'video', v_platform.prompt_templates -> 'default'), 2000
    );
    if position('{prompt}' in v_template) > 0 then
      -- A template that repeats a long prompt is not worth more than its words.
      v_prompt := left(replace(v_template, '{prompt}', v_prompt), 8000);
    end if;
  end if;
  if p_generation.character_id is not null then
    v_lines := v_lines || ('Character: ' || coalesce(
      private.video_words(v_platform.character_preferences -> p_generation.character_id),
      private.video_words(to_jsonb(p_generation.character_id))
    ));
  end if;
  if p_generation.style_preset_id is not null then
    v_lines := v_lines || ('Style: ' || private.video_style_words((
      select s.style_data
      from video.style_presets as s
      where s.id = p_generation.style_preset_id and s.user_id = p_generation.user_id
    )));
  end if;
  if v_platform.preferred_style is not null then
    v_lines := v_lines || ('Platform style: ' || private.video_style_words(v_platform.preferred_style));
  end if;
  v_brand := private.video_brand(p_generation);
  if v_brand.id is not null then
    v_lines := v_lines || private.video_brand_words(v_brand);
  end if;
  return array_to_string(v_prompt || v_lines, E'\n');
end;
$$;
