create trigger set_updated_at
  before update on social.ai_models
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.ai_studio_settings
  for each row execute function private.social_claim_row();
create trigger keep_user
  before update on social.ai_studio_settings
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.social_refuse_change('user_id');
create trigger set_updated_at
  before update on social.ai_studio_settings
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.ai_studio_conversation_metadata
  for each row execute function private.social_claim_row();
create trigger keep_user
  before update on social.ai_studio_conversation_metadata
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.social_refuse_change('user_id');
create trigger keep_thread
  before update on social.ai_studio_conversation_metadata
  for each row when (old.thread_id is distinct from new.thread_id)
  execute function private.social_refuse_change('thread_id');
create trigger set_updated_at
  before update on social.ai_studio_conversation_metadata
  for each row execute function private.set_updated_at();
create trigger drop_threads
  after delete on social.ai_studio_conversation_metadata
  referencing old table as dropped
  for each statement execute function private.social_drop_threads();

create trigger own_checkpoint
  before insert on social.checkpoints
  for each row execute function private.social_own_checkpoint();
create trigger set_updated_at
  before update on social.checkpoints
  for each row execute function private.set_updated_at();
create trigger own_checkpoint
  before insert on social.checkpoint_blobs
  for each row execute function private.social_own_checkpoint();
create trigger set_updated_at
  before update on social.checkpoint_blobs
  for each row execute function private.set_updated_at();
create trigger own_checkpoint
  before insert on social.checkpoint_writes
  for each row execute function private.social_own_checkpoint();
create trigger set_updated_at
  before update on social.checkpoint_writes
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on social.checkpoint_migrations
  for each row execute function private.set_updated_at();
