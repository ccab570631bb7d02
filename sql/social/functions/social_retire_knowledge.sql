-- A user leaves: their knowledge base and their AI studio go, states included.
create function private.social_retire_knowledge(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from social.knowledge_documents as d where d.user_id = p_user_id;
  delete from social.faq_qa as f where f.user_id = p_user_id;
  delete from social.ai_studio_settings as s where s.user_id = p_user_id;
  delete from social.ai_studio_conversation_metadata as m where m.user_id = p_user_id;
end;
$$;
