create function private.social_activate_topic_model(p_model_id uuid)
returns social.bertopic_models
language plpgsql
security definer            -- models are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_model social.bertopic_models;
begin
  -- All of the user's, in one order: two callers that swap models wait for each other.
  perform 1
  from social.bertopic_models as m
  where m.user_id = v_user_id
  order by m.id
  for no key update;
  update social.bertopic_models as m
  set is_active = true
  where m.id = p_model_id and m.user_id = v_user_id
  returning * into v_model;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'topic_model_not_found',
      detail = format('You have no topic model %s.', coalesce(p_model_id::text, 'null')),
      hint = 'Choose one of social.bertopic_models.';
  end if;
  return v_model;
end;
$$;
grant execute on function private.social_activate_topic_model(uuid) to authenticated;
