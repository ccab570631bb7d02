create trigger keep_owner
  before update of user_id on staging.projects
  for each row
  when (old.user_id is distinct from new.user_id)
  execute function private.keep_owner();
create trigger prepare_project
  before insert on staging.projects
  for each row execute function private.admit_owner();

create trigger set_updated_at
  before update on staging.images
  for each row execute function private.set_updated_at();
create trigger prepare_image
  before insert on staging.images
  for each row execute function private.staging_prepare_image();
create trigger request_images
  after insert on staging.images
  referencing new table as inserted
  for each statement execute function private.staging_request_images();
create trigger drop_images
  after delete on staging.images
  referencing old table as dropped
  for each statement execute function private.staging_drop_images();
