-- Scores that an insert for a generation leaves empty come from the rubric; engagement
-- that is written back, then or later, becomes a score and is compared.
create function private.video_score_metrics()
returns trigger
language plpgsql
security definer            -- reads brand and siblings whatever the caller sees
set search_path = ''
as $$
declare
  v_generation video.generations;
  v_scores jsonb;
begin
  if tg_op = 'INSERT' and new.generation_id is not null
    and (new.user_id = private.user_id() or private.jwt_sub() is null) then
    select * into v_generation
    from video.generations as g
    where g.id = new.generation_id and g.user_id = new.user_id;
    new.prompt := coalesce(new.prompt, v_generation.prompt);
    new.character_id := coalesce(new.character_id, v_generation.character_id);
    new.platform := coalesce(new.platform, v_generation.platform);
    v_generation.platform := new.platform;
    v_scores := private.video_rubric(v_generation);
    new.quality_score := coalesce(new.quality_score, (v_scores ->> 'quality_score')::numeric);
    new.style_consistency := coalesce(new.style_consistency, (v_scores ->> 'style_consistency')::numeric);
    new.brand_compliance := coalesce(new.brand_compliance, (v_scores ->> 'brand_compliance')::numeric);
    new.predicted_score := coalesce(new.predicted_score, (v_scores ->> 'predicted_score')::numeric);
    new.improvements := coalesce(new.improvements, v_scores -> 'improvements');
  end if;
  new.actual_score := private.video_engagement_score(new.actual_engagement);
  new.score_difference := new.actual_score - new.predicted_score;
  return new;
end;
$$;
