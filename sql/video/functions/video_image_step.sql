-- What a step that makes an image asks of its tool, or PT400 input_invalid.
create function private.video_image_step(p_step integer, p_tool video.tools, p_settings jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_width text := coalesce(p_settings ->> 'width', '1024');
  v_height text := coalesce(p_settings ->> 'height', '1024');
  v_factor text := coalesce(p_settings ->> 'factor', '2');
  v_problem text;
begin
  if p_tool.tool = 'upscale' then
    if v_factor in ('2', '4') then
      return jsonb_build_object('factor', v_factor::integer);
    end if;
    v_problem := 'factor must be 2 or 4.';
  elsif p_tool.needs_image then
    return '{}'::jsonb;
  elsif jsonb_typeof(p_settings -> 'prompt') is distinct from 'string'
    or char_length(p_settings ->> 'prompt') > 5000
    or regexp_replace(p_settings ->> 'prompt', '[\s\u200b-\u200f\u2060\ufeff]', '', 'g') = '' then
    v_problem := 'prompt must have 1 to 5000 characters.';
  elsif char_length(p_settings ->> 'negative_prompt') > 2000 then
    v_problem := 'negative_prompt must have at most 2000 characters.';
  elsif v_width !~ '^\d{2,4}$' or v_height !~ '^\d{2,4}$'
    or v_width::integer not between 64 and 2048 or v_height::integer not between 64 and 2048 then
    v_problem := 'width and height must be 64 to 2048 pixels.';
  else
    return jsonb_strip_nulls(jsonb_build_object(
      'prompt', private.video_words(p_settings -> 'prompt', 5000),
      'negative_prompt', p_settings ->> 'negative_prompt',
      'width', v_width::integer, 'height', v_height::integer
    ));
  end if;
  raise exception using
    errcode = 'PT400', message = 'input_invalid',
    detail = format('No. %s: %s', p_step, v_problem),
    hint = 'Change the chain''s settings or the input.';
end;
$$;
