-- What a request may say. The user and the state are not the caller's to choose,
-- whatever they send; the original is a file of their folder.
create function private.staging_prepare_image()
returns trigger
language plpgsql
security definer            -- looks the project up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := (private.staging_require_project(new.project_id)).user_id;
  perform private.staging_check_option('room_type', new.room_type);
  perform private.staging_check_option('style', new.style);
  new.upload_path := private.require_upload(new.user_id, new.original_url);
  new.staged_url := null;
  new.status := 'queued';
  new.error := null;
  new.files := null;
  return new;
end;
$$;
