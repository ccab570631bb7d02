-- A saved style as words: without what is a setting and no look.
create function private.video_style_words(p_style jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return private.video_words(
    case
      when jsonb_typeof(p_style) = 'object' then
        p_style - array[
          'model', 'aspect_ratio', 'resolution', 'seconds', 'mode', 'negative_prompt', 'platform',
          'thumbnail_url', 'reference_image_url'
        ]
      else p_style
    end
  );
end;
$$;
