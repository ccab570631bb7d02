create function video.quote_storyboard(p_storyboard_id uuid, p_options jsonb default '{}'::jsonb)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.video_quote_storyboard(p_storyboard_id, p_options);
end;
comment on function video.quote_storyboard(uuid, jsonb) is
  'What generate_storyboard would hold: {credits, shots: [{shot, model, resolution, seconds, credits}]}. Arguments as there. Errors: PT404 storyboard_not_found, item_not_found, brand_guidelines_not_found, upload_not_found; PT400 input_invalid (with the number of the shot), url_not_allowed, source_not_in_storage, file_type_not_allowed, file_too_large; PT403 not_signed_in.';
grant execute on function video.quote_storyboard(uuid, jsonb) to authenticated;
