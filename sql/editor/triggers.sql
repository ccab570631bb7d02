create trigger set_updated_at
  before update on editor.images
  for each row execute function private.set_updated_at();
create trigger keep_owner
  before update of user_id on editor.images
  for each row
  when (old.user_id is distinct from new.user_id)
  execute function private.keep_owner();
create trigger prepare_image
  before insert or update of user_id, original_url, original_file_type, original_file_size
  on editor.images
  for each row execute function private.editor_prepare_image();
create trigger drop_images
  after delete on editor.images
  referencing old table as dropped
  for each statement execute function private.editor_drop_images();

create trigger prepare_pipeline
  before insert on editor.image_pipelines
  for each row execute function private.editor_prepare_pipeline();
create trigger request_pipelines
  after insert on editor.image_pipelines
  referencing new table as inserted
  for each statement execute function private.editor_request_pipelines();
create trigger lock_images
  before delete on editor.image_pipelines
  for each statement execute function private.editor_lock_images();

create trigger lock_images
  before delete on editor.image_operations
  for each statement execute function private.editor_lock_images();
create trigger keep_step
  before delete on editor.image_operations
  for each row
  when (old.pipeline_id is not null)
  execute function private.editor_keep_step();
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

create trigger set_updated_at
  before update on editor.image_collections
  for each row execute function private.set_updated_at();
create trigger keep_owner
  before update of user_id on editor.image_collections
  for each row
  when (old.user_id is distinct from new.user_id)
  execute function private.keep_owner();
create trigger prepare_collection
  before insert on editor.image_collections
  for each row execute function private.admit_owner();
create trigger change_collections
  after update on editor.image_collections
  referencing old table as was new table as became
  for each statement execute function private.editor_change_collections();

create trigger prepare_item
  before insert on editor.image_collection_items
  for each row execute function private.editor_prepare_item();
create trigger keep_item
  before update on editor.image_collection_items
  for each row execute function private.editor_keep_item();
create trigger add_items
  after insert on editor.image_collection_items
  referencing new table as inserted
  for each statement execute function private.editor_add_items();
create trigger drop_items
  after delete on editor.image_collection_items
  referencing old table as dropped
  for each statement execute function private.editor_drop_items();
create trigger change_results
  after update of processed_url, thumbnail_url, final_url on editor.images
  for each row
  when (
    (old.processed_url, old.thumbnail_url, old.final_url)
    is distinct from (new.processed_url, new.thumbnail_url, new.final_url)
  )
  execute function private.editor_change_results();
