create function video.retry_generation(p_id uuid)
returns video.generations
language sql
volatile
security invoker
set search_path = ''
begin atomic
  select private.video_retry_generation(p_id);
end;
comment on function video.retry_generation(uuid) is
  'Sends a failed generation of the caller again, at today''s price, and returns it; one under way is returned as it is. Errors: PT404 generation_not_found, upload_not_found; PT429 queue_full; PT409 generation_not_failed; PT402 insufficient_credits; PT400 input_invalid when its model is sold no more, url_not_allowed, source_not_in_storage, file_type_not_allowed, file_too_large; PT403 not_signed_in, profile_missing, account_suspended.';
grant execute on function video.retry_generation(uuid) to authenticated;
