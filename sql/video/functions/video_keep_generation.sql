-- A generation is linked to its user's campaigns and storyboards alone.
create function private.video_keep_generation()
returns trigger
language plpgsql
security definer            -- looks them up whatever the caller sees
set search_path = ''
as $$
begin
  if new.campaign_id is distinct from old.campaign_id then
    perform private.video_require_campaign(new.user_id, new.campaign_id);
  end if;
  if new.storyboard_id is distinct from old.storyboard_id then
    perform private.video_require_storyboard(new.user_id, new.storyboard_id);
  end if;
  return new;
end;
$$;
