-- Brand guidelines as the lines of a provider's prompt.
create function private.video_brand_words(p_brand video.brand_guidelines)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
  return array_remove(
    array[
      'Brand: ' || private.video_words(to_jsonb(p_brand.brand_name)),
      'Brand values: ' || private.video_words(to_jsonb(p_brand."values")),
      'Tone: ' || private.video_words(to_jsonb(p_brand.tone_of_voice)),
      'Visual style: ' || private.video_words(to_jsonb(p_brand.visual_style)),
      'Colours: ' || private.video_words(to_jsonb(p_brand.color_palette)),
      'Lettering: ' || private.video_words(to_jsonb(p_brand.fonts)),
      'Do: ' || private.video_words(to_jsonb(p_brand.do_list)),
      'Never: ' || private.video_words(to_jsonb(p_brand.dont_list))
    ],
    null
  );
end;
$$;
