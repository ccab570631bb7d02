create function staging.stage_again(p_image_id uuid, p_styles text[] default null)
returns setof staging.images
language sql
security invoker
set search_path = ''
begin atomic
  select * from private.staging_stage_again(p_image_id, p_styles);
end;
grant execute on function staging.stage_again(uuid, text[]) to authenticated;
comment on function staging.stage_again(uuid, text[]) is
  'Asks for the photo of an image again, in its room: in each of p_styles (1 to 20), or with null in its own style, e.g. after an error. Answers the new images; the old one stays. Each counts against the plan. Errors: PT404 image_not_found, upload_not_found; PT409 image_in_work; PT400 batch_invalid, input_invalid; PT403 monthly_limit_reached, not_signed_in, account_suspended; PT429 queue_full.';
