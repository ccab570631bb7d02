create trigger set_updated_at
  before update on editor.images
  for each row execute function private.set_updated_at();
create trigger prepare_image
  before insert or update of user_id, original_url on editor.images
  for each row execute function private.editor_prepare_image();
create trigger drop_images
  after delete on editor.images
  referencing old table as dropped
  for each statement execute function private.editor_drop_images();

create trigger prepare_operation
  before insert on editor.image_operations
  for each row execute function private.editor_prepare_operation();
create trigger request_operations
  after insert on editor.image_operations
  referencing new table as inserted
  for each statement execute function private.editor_request_operations();
create trigger drop_operations
  after delete on editor.image_operations
  referencing old table as dropped
  for each statement execute function private.editor_drop_operations();
