-- A front end upserts, which also sets the key and the user: both are granted, and
-- held by the policies and by triggers.
grant select, delete on social.knowledge_documents to authenticated;
grant insert (
  id, user_id, title, bucket_id, object_name, storage_object_id, file_size_bytes, status,
  embed_model, lang_code, tsconfig, last_ingested_at, last_embedded_at, is_deleted
) on social.knowledge_documents to authenticated;
grant update (
  id, user_id, title, bucket_id, object_name, storage_object_id, file_size_bytes, status,
  embed_model, lang_code, tsconfig, last_ingested_at, last_embedded_at, is_deleted
) on social.knowledge_documents to authenticated;
grant select, insert, update, delete on social.knowledge_documents to service_role;

grant select, delete on social.knowledge_chunks to authenticated;
grant insert (
  id, document_id, chunk_index, content, embedding, token_count, start_char, end_char,
  lang_code, tsconfig, metadata
) on social.knowledge_chunks to authenticated;
grant update (
  id, document_id, chunk_index, content, embedding, token_count, start_char, end_char,
  lang_code, tsconfig, metadata
) on social.knowledge_chunks to authenticated;
grant select, insert, update, delete on social.knowledge_chunks to service_role;

grant select, delete on social.faq_qa to authenticated;
grant insert (id, user_id, title, questions, answer, lang_code, tsconfig, is_active, metadata)
  on social.faq_qa to authenticated;
grant update (id, user_id, title, questions, answer, lang_code, tsconfig, is_active, metadata)
  on social.faq_qa to authenticated;
grant select, insert, update, delete on social.faq_qa to service_role;

create policy "Users read their own documents and admins read all"
  on social.knowledge_documents for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own documents"
  on social.knowledge_documents for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own documents"
  on social.knowledge_documents for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own documents"
  on social.knowledge_documents for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read the chunks of their documents and admins read all"
  on social.knowledge_chunks for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert chunks of their own documents"
  on social.knowledge_chunks for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update the chunks of their own documents"
  on social.knowledge_chunks for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete the chunks of their own documents"
  on social.knowledge_chunks for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own answers and admins read all"
  on social.faq_qa for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own answers"
  on social.faq_qa for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own answers"
  on social.faq_qa for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own answers"
  on social.faq_qa for delete to authenticated
  using (user_id = (select private.user_id()));
