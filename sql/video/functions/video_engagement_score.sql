-- Engagement as a score from 0 to 100: of the views, likes count once, comments and
-- saves twice, shares three times, and a tenth of the views in all is the best there
-- is; where it is known how much of it was watched, that is two fifths of the score.
-- Without views there is none. What is no number, or below 0, counts as 0.
create function private.video_engagement_score(p_engagement jsonb)
returns numeric
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_views numeric := private.video_count_of(p_engagement -> 'views');
  v_score numeric;
begin
  if v_views = 0 then
    return null;
  end if;
  v_score := least(
    1,
    (
      private.video_count_of(p_engagement -> 'likes')
      + private.video_count_of(p_engagement -> 'comments') * 2
      + private.video_count_of(p_engagement -> 'saves') * 2
      + private.video_count_of(p_engagement -> 'shares') * 3
    ) / v_views / 0.1
  );
  if jsonb_typeof(p_engagement -> 'completion_rate') = 'number' then
    v_score := 0.6 * v_score + 0.4 * least(private.video_count_of(p_engagement -> 'completion_rate'), 1);
  end if;
  return round(v_score * 100, 1);
end;
$$;
