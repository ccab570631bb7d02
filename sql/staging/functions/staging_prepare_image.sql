-- What a request may say. The user and the state are not the caller's to choose,
-- whatever they send; the original is a file of their folder.
create function private.staging_prepare_image()
returns trigger
language plpgsql
security definer            -- looks the project up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_project staging.projects;
begin
  -- The user, then the project: both stay until this commits.
  select p.user_id into v_owner from staging.projects as p where p.id = new.project_id;
  if found and (private.jwt_sub() is null or v_owner = v_caller) then
    perform private.require_active(v_owner);
    select * into v_project from staging.projects as p where p.id = new.project_id for key share;
  end if;
  if v_project.id is null then
    raise exception using
      errcode = 'PT404', message = 'project_not_found',
      detail = format('You have no project %s.', coalesce(new.project_id::text, 'null')),
      hint = 'Insert the project first.';
  end if;
  perform private.staging_check_option('room_type', new.room_type);
  perform private.staging_check_option('style', new.style);
  new.user_id := v_project.user_id;
  new.upload_path := private.require_upload(v_project.user_id, new.original_url);
  new.staged_url := null;
  new.status := 'queued';
  new.error := null;
  new.files := null;
  return new;
end;
$$;
