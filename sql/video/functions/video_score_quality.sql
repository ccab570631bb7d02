-- Quality, of 100: the resolution 30, how much the prompt says 25, whether it speaks
-- of camera, light, movement and place 5 each, a reference image 10, a result 10 and
-- its poster 5.
create function private.video_score_quality(p_generation video.generations)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_prompt text := lower(p_generation.prompt);
  v_words integer := cardinality(regexp_split_to_array(btrim(v_prompt), '\s+'));
  v_camera boolean := v_prompt ~ '\m(camera|shots?|close-?ups?|wide|angle|aerial|drone|dolly|pan|pans|panning|tilt|tracking|zooms?|zooming|handheld|overhead|macro|lens|pov|slow motion|time-?lapse)\M';
  v_light boolean := v_prompt ~ '\m(light|lights|lit|lighting|sun|sunlight|sunset|sunrise|dawn|dusk|golden hour|neon|shadows?|backlit|moonlight|candle|candlelight|bright|dark|night|glow|glowing)\M';
  v_motion boolean := v_prompt ~ '\m(\w{3,}ing|walks?|runs?|jumps?|flies|falls?|turns?|dances?|drives?|rises?|spins?|moves?|swims?|rides?|smiles?|looks?|opens?)\M';
  v_place boolean := v_prompt ~ '\m(in|on|at|inside|outside|under|over|above|beside|near|behind|through|along|across)\M';
begin
  return jsonb_build_object(
    'score',
    case
      when p_generation.resolution ~ 'k$' then 30
      when p_generation.resolution ~ '^(1080|1440)p$' then 25
      when p_generation.resolution = '720p' then 18
      else 10
    end
    + case when v_words < 5 then 5 when v_words < 15 then 12 when v_words <= 120 then 25 else 18 end
    + 5 * (v_camera::integer + v_light::integer + v_motion::integer + v_place::integer)
    + 10 * (p_generation.reference_image_url is not null)::integer
    + 10 * (p_generation.status is not distinct from 'success')::integer
    + 5 * (p_generation.poster_url is not null)::integer,
    'improvements',
    private.video_advice('quality', array[
      case when v_words < 15 then 'Say more: 15 words and more show better results.' end,
      case when v_words > 120 then 'Say less: beyond 120 words details are lost.' end,
      case when not v_camera then 'Say what the camera does, e.g. a slow close-up.' end,
      case when not v_light then 'Say how it is lit, e.g. at dusk.' end,
      case when not v_motion then 'Say what moves.' end,
      case when not v_place then 'Say where it is.' end,
      case when p_generation.resolution = '720p' then 'A higher resolution looks better on large screens.' end
    ])
  );
end;
$$;
