create function social.activate_topic_model(p_model_id uuid)
returns social.bertopic_models
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_activate_topic_model(p_model_id);
end;
grant execute on function social.activate_topic_model(uuid) to authenticated;
comment on function social.activate_topic_model(uuid) is
  'Makes one of the caller''s topic models the active one, and the others inactive. Errors: PT403 not_signed_in; PT404 topic_model_not_found.';
