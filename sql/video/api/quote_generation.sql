create function video.quote_generation(p_request jsonb)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.video_quote_generation(p_request);
end;
comment on function video.quote_generation(jsonb) is
  'What inserting this generation would cost: quote() of its model, resolution and seconds, with what it leaves empty filled. p_request: an object of the columns that a client inserts. Errors: PT400 input_invalid, url_not_allowed, source_not_in_storage, file_type_not_allowed, file_too_large; PT404 campaign_not_found, storyboard_not_found, brand_guidelines_not_found, item_not_found, upload_not_found; PT403 not_signed_in.';
grant execute on function video.quote_generation(jsonb) to authenticated;
