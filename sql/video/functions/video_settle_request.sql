-- A request of a user as it would be inserted: its links looked up, its empty fields
-- filled, or the refusal that the insert would get.
create function private.video_settle_request(p_request video.generations)
returns video.generations
language plpgsql
stable
set search_path = ''
as $$
declare
  v_request video.generations := p_request;
begin
  perform private.video_require_storyboard(v_request.user_id, v_request.storyboard_id);
  if v_request.storyboard_id is not null then
    select coalesce(v_request.campaign_id, s.campaign_id), coalesce(v_request.character_id, s.character_id)
    into v_request.campaign_id, v_request.character_id
    from video.storyboard_sequences as s
    where s.id = v_request.storyboard_id;
  end if;
  perform private.video_require_campaign(v_request.user_id, v_request.campaign_id);
  perform private.video_require_own(v_request);
  v_request := private.video_fill_request(v_request);
  perform private.video_check_request(v_request);
  if v_request.reference_image_url is not null then
    perform private.video_require_reference(v_request.user_id, v_request.reference_image_url);
  end if;
  return v_request;
end;
$$;
