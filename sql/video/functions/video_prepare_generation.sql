-- What a request may say. Its state and its price are not the caller's to choose,
-- whatever they send; its links and its reference image are the user's own.
create function private.video_prepare_generation()
returns trigger
language plpgsql
security definer            -- looks the user's rows and files up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
begin
  new.user_id := coalesce(new.user_id, v_caller);
  new.status := 'generating';
  new.video_url := null;
  new.error_message := null;
  new.credits_used := null;
  new.files := null;
  new.completed_at := null;
  if new.user_id is distinct from v_caller and v_caller is not null then
    return new;             -- the policy refuses it
  end if;

  -- The user, then the rows it names: all stay until this commits.
  perform private.require_active(new.user_id);
  perform private.video_check_request(new);
  new.prompt := btrim(new.prompt);
  new.aspect_ratio := coalesce(new.aspect_ratio, '16:9');
  new.resolution := coalesce(new.resolution, '720p');
  new.reference_image_url := nullif(btrim(new.reference_image_url), '');
  new.mode := coalesce(
    new.mode, case when new.reference_image_url is null then 'text-to-video' else 'image-to-video' end
  );
  if new.reference_image_url is not null then
    perform private.require_upload(new.user_id, new.reference_image_url);
  end if;
  perform private.video_require_storyboard(new.user_id, new.storyboard_id);
  new.campaign_id := coalesce(
    new.campaign_id,
    (select s.campaign_id from video.storyboard_sequences as s where s.id = new.storyboard_id)
  );
  perform private.video_require_campaign(new.user_id, new.campaign_id);
  return new;
end;
$$;
