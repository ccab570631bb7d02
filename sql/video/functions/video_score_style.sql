-- Style consistency, of 100: the mean of what applies. The newest 50 other videos of
-- its storyboard, else of its campaign: the mean share that has its model, aspect
-- ratio, resolution, style preset and character. Its platform's configuration: the
-- same aspect ratio or not. Its look: a style preset 100, words for one 60, neither 20.
create function private.video_score_style(p_generation video.generations)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_siblings numeric;
  v_ratio text;
  v_platform numeric;
  v_look numeric;
begin
  select avg(
    (s.model = p_generation.model)::integer
    + (s.aspect_ratio is not distinct from p_generation.aspect_ratio)::integer
    + (s.resolution is not distinct from p_generation.resolution)::integer
    + (s.style_preset_id is not distinct from p_generation.style_preset_id)::integer
    + (s.character_id is not distinct from p_generation.character_id)::integer
  ) * 20
  into v_siblings
  from (
    select g.*
    from (
      select * from video.generations as a where a.storyboard_id = p_generation.storyboard_id
      union all
      select *
      from video.generations as b
      where b.campaign_id = p_generation.campaign_id and p_generation.storyboard_id is null
    ) as g
    where g.user_id = p_generation.user_id and g.id <> p_generation.id
    order by g.created_at desc, g.id
    limit 50
  ) as s;
  select p.aspect_ratio into v_ratio
  from video.platform_configurations as p
  where p.user_id = p_generation.user_id and p.platform = p_generation.platform;
  v_platform := case when v_ratio is not null then (v_ratio = p_generation.aspect_ratio)::integer * 100.0 end;
  v_look := case
    when p_generation.style_preset_id is not null then 100.0
    when p_generation.prompt ~* '\m(style|cinematic|anime|noir|watercolou?r|retro|vintage|minimalist|documentary|photorealistic|animated|cartoon|pastel|monochrome|black and white|film grain|illustration|surreal)\M' then 60.0
    else 20.0
  end;
  return jsonb_build_object(
    'score', (select round(avg(x.part), 1) from unnest(array[v_siblings, v_platform, v_look]) as x (part)),
    'improvements', private.video_advice('style', array[
      case when v_siblings < 80 then 'The other videos of this series look different: use their model, aspect ratio, resolution, style preset and character.' end,
      case when v_platform = 0 then format('Your configuration of %s has the aspect ratio %s.', p_generation.platform, v_ratio) end,
      case when v_look < 100 then 'Use a style preset, so that videos look alike.' end
    ])
  );
end;
$$;
