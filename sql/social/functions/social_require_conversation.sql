-- As social_require_account, of a conversation: else PT404 conversation_not_found.
create function private.social_require_conversation(p_conversation_id uuid)
returns social.conversations
language plpgsql
security definer            -- looks the conversation up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_conversation social.conversations;
begin
  select c.user_id into v_owner from social.conversations as c where c.id = p_conversation_id;
  if found and (v_caller is null or v_owner = v_caller) then
    perform private.require_present(v_owner);
    select * into v_conversation
    from social.conversations as c
    where c.id = p_conversation_id
    for key share;
  end if;
  if v_conversation.id is null then
    raise exception using
      errcode = 'PT404', message = 'conversation_not_found',
      detail = format('You have no conversation %s.', coalesce(p_conversation_id::text, 'null')),
      hint = 'Insert the conversation first.';
  end if;
  return v_conversation;
end;
$$;
