-- A request from the fields that a client sends as an object; fields that no client
-- may choose are not read. Values of the wrong type are PT400 input_invalid.
create function private.video_request_from(p_user_id uuid, p_fields jsonb)
returns video.generations
language plpgsql
stable
set search_path = ''
as $$
declare
  v_request video.generations;
begin
  if jsonb_typeof(p_fields) is distinct from 'object' or pg_column_size(p_fields) > 65536 then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = 'The request is not an object, or larger than 64 kB.',
      hint = 'Send an object of columns of video.generations.';
  end if;
  begin
    v_request := jsonb_populate_record(
      null::video.generations,
      (
        select jsonb_object_agg(f.key, f.value)
        from jsonb_each(p_fields) as f
        where f.key in (
          'prompt', 'model', 'aspect_ratio', 'resolution', 'mode', 'seconds', 'reference_image_url',
          'negative_prompt', 'platform', 'character_id', 'style_preset_id', 'tool_configuration_id',
          'brand_guidelines_id', 'campaign_id', 'storyboard_id'
        )
      )
    );
  exception when data_exception then
    raise exception using
      errcode = 'PT400', message = 'input_invalid', detail = left(sqlerrm, 500),
      hint = 'See the columns of video.generations.';
  end;
  v_request.user_id := p_user_id;
  return v_request;
end;
$$;
