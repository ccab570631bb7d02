create function video.generate_storyboard(
  p_storyboard_id uuid,
  p_options jsonb default '{}'::jsonb,
  p_run_id uuid default null
)
returns setof video.generations
language sql
volatile
security invoker
set search_path = ''
begin atomic
  select * from private.video_generate_storyboard(p_storyboard_id, p_options, p_run_id);
end;
comment on function video.generate_storyboard(uuid, jsonb, uuid) is
  'Films the frames of a storyboard of the caller: a generation a frame, in order, under one hold; each that succeeds takes its price, the rest returns when the last has ended. p_options: what frames leave out, {model, aspect_ratio, resolution, mode, reference_image_url, negative_prompt, platform, character_id, style_preset_id, tool_configuration_id, brand_guidelines_id}; a frame may have the same keys. p_run_id: an id of the client''s, for a call that may be repeated. Errors: PT404 storyboard_not_found, item_not_found, brand_guidelines_not_found, upload_not_found; PT400 input_invalid (with the number of the shot), url_not_allowed, source_not_in_storage, file_type_not_allowed, file_too_large; PT409 storyboard_running, idempotency_key_reused; PT402 insufficient_credits; PT403 not_signed_in, profile_missing, account_suspended; PT429 queue_full.';
grant execute on function video.generate_storyboard(uuid, jsonb, uuid) to authenticated;
