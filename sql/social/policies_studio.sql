grant select on social.ai_models to authenticated;
grant select, insert, update, delete on social.ai_models to service_role;

grant select, delete on social.ai_studio_settings to authenticated;
grant insert (user_id, default_system_prompt, default_model, temperature)
  on social.ai_studio_settings to authenticated;
grant update (user_id, default_system_prompt, default_model, temperature)
  on social.ai_studio_settings to authenticated;
grant select, insert, update, delete on social.ai_studio_settings to service_role;

grant select, delete on social.ai_studio_conversation_metadata to authenticated;
grant insert (thread_id, user_id, title, model, message_count)
  on social.ai_studio_conversation_metadata to authenticated;
grant update (thread_id, user_id, title, model, message_count)
  on social.ai_studio_conversation_metadata to authenticated;
grant select, insert, update, delete on social.ai_studio_conversation_metadata to service_role;

grant select on social.checkpoints to authenticated, service_role;
grant select on social.checkpoint_blobs to authenticated, service_role;
grant select on social.checkpoint_writes to authenticated, service_role;
grant select on social.checkpoint_migrations to service_role;

-- What the checkpointer does, and no more: its upserts set these columns alone, so
-- that no row of a thread becomes one of another.
grant usage on schema social to langgraph;
grant select, insert, delete on social.checkpoints to langgraph;
grant update (checkpoint, metadata) on social.checkpoints to langgraph;
grant select, insert, delete on social.checkpoint_blobs to langgraph;
grant select, insert, delete on social.checkpoint_writes to langgraph;
grant update (channel, type, blob) on social.checkpoint_writes to langgraph;
grant select on social.checkpoint_migrations to langgraph;

create policy "Users read the active models and admins read all"
  on social.ai_models for select to authenticated
  using (is_active or (select private.is_admin()));

create policy "Users read their own studio settings and admins read all"
  on social.ai_studio_settings for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own studio settings"
  on social.ai_studio_settings for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own studio settings"
  on social.ai_studio_settings for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own studio settings"
  on social.ai_studio_settings for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own studio conversations and admins read all"
  on social.ai_studio_conversation_metadata for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own studio conversations"
  on social.ai_studio_conversation_metadata for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own studio conversations"
  on social.ai_studio_conversation_metadata for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own studio conversations"
  on social.ai_studio_conversation_metadata for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own threads' checkpoints and admins read all"
  on social.checkpoints for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own threads' blobs and admins read all"
  on social.checkpoint_blobs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own threads' writes and admins read all"
  on social.checkpoint_writes for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
