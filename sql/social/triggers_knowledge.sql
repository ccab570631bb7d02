-- Of one event, triggers run in the order of their names: claim, prepare, set.
create trigger claim_row
  before insert on social.knowledge_documents
  for each row execute function private.social_claim_row();
create trigger keep_user
  before update on social.knowledge_documents
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.social_refuse_change('user_id');
create trigger prepare_document
  before insert or update on social.knowledge_documents
  for each row execute function private.social_prepare_document();
create trigger set_updated_at
  before update on social.knowledge_documents
  for each row execute function private.set_updated_at();

create trigger prepare_chunk
  before insert or update on social.knowledge_chunks
  for each row execute function private.social_prepare_chunk();
create trigger set_updated_at
  before update on social.knowledge_chunks
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.faq_qa
  for each row execute function private.social_claim_row();
create trigger keep_user
  before update on social.faq_qa
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.social_refuse_change('user_id');
create trigger prepare_faq
  before insert or update on social.faq_qa
  for each row execute function private.social_prepare_faq();
create trigger set_updated_at
  before update on social.faq_qa
  for each row execute function private.set_updated_at();
