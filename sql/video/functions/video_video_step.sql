-- What a step that makes a video asks of its tool: a request for a generation, settled
-- like any other but for its image, which is known when it begins, and the mode, which
-- follows from that.
create function private.video_video_step(p_user_id uuid, p_step integer, p_settings jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_video video.generations := private.video_request_from(
    p_user_id, p_settings - array['reference_image_url', 'storyboard_id', 'campaign_id']
  );
  v_has_mode boolean := v_video.mode is not null;
begin
  v_video.shot := p_step;
  v_video := private.video_settle_request(v_video);
  if not v_has_mode then
    v_video.mode := null;
  end if;
  return jsonb_strip_nulls(to_jsonb(v_video)) - array['user_id', 'shot'];
end;
$$;
