-- A message that a user sends: from whom it is, is not theirs to choose. Inbound
-- ones are refused by the policy.
create function private.social_prepare_agent_message()
returns trigger
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
declare
  v_conversation social.conversations := private.social_require_conversation(new.conversation_id);
begin
  perform private.require_active(v_conversation.user_id);
  if btrim(new.content) = '' and new.storage_object_name is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'A message needs a content or a file.', hint = 'Send a value.';
  end if;
  if new.storage_object_name is not null
    and split_part(coalesce(private.storage_path('uploads', new.storage_object_name), ''), '/', 1)
      <> v_conversation.user_id::text then
    raise exception using
      errcode = 'PT400', message = 'source_not_in_storage',
      detail = 'The file is not in your folder of the bucket uploads.',
      hint = 'Upload it to uploads/<your user id>/… and send that path.';
  end if;
  new.direction := coalesce(new.direction, 'outbound');
  new.is_from_agent := true;
  new.agent_id := private.user_id();
  new.status := 'sent';
  select a.account_id, coalesce(a.display_name, a.username)
  into new.sender_id, new.sender_name
  from social.social_accounts as a
  where a.id = v_conversation.social_account_id;
  return new;
end;
$$;
