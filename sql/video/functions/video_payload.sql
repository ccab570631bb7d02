-- What a generation's job asks of its provider. p_reference is where the reference
-- image is, if there is one.
create function private.video_payload(p_generation video.generations, p_reference jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'operation', 'generate_video',
    'variant', p_generation.model,
    'prompt', private.video_provider_prompt(p_generation),
    'negative_prompt', private.video_negative_prompt(p_generation),
    'aspect_ratio', p_generation.aspect_ratio,
    'resolution', p_generation.resolution,
    'seconds', p_generation.seconds,
    'mode', p_generation.mode,
    'reference', p_reference
  ));
end;
$$;
