-- The rubric of docs/video-rubric.md: {quality_score, style_consistency,
-- brand_compliance (null without a brand), predicted_score, improvements}, each score
-- from 0 to 100. It reads the request, its brand and its siblings; the same rows give
-- the same scores.
create function private.video_rubric(p_generation video.generations)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_quality jsonb := private.video_score_quality(p_generation);
  v_style jsonb := private.video_score_style(p_generation);
  v_brand jsonb := private.video_score_brand(p_generation, private.video_brand(p_generation));
  v_predicted numeric;
begin
  v_predicted := (v_quality ->> 'score')::numeric * 0.4 + (v_style ->> 'score')::numeric * 0.25;
  v_predicted := coalesce(v_predicted + (v_brand ->> 'score')::numeric * 0.35, v_predicted / 0.65);
  return jsonb_build_object(
    'quality_score', v_quality -> 'score',
    'style_consistency', v_style -> 'score',
    'brand_compliance', v_brand -> 'score',
    'predicted_score', round(v_predicted, 1),
    'improvements', (v_quality -> 'improvements') || (v_style -> 'improvements')
      || coalesce(v_brand -> 'improvements', '[]'::jsonb)
  );
end;
$$;
