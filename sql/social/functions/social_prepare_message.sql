-- A message is its conversation's user's, and answers one of the same conversation.
create function private.social_prepare_message()
returns trigger
language plpgsql
security definer            -- looks the conversation up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := (private.social_require_conversation(new.conversation_id)).user_id;
  if new.reply_to_message_id is not null and not exists (
    select 1
    from social.conversation_messages as m
    where m.id = new.reply_to_message_id and m.conversation_id = new.conversation_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'message_not_found',
      detail = format('The conversation has no message %s.', new.reply_to_message_id),
      hint = 'Answer a message of the same conversation.';
  end if;
  return new;
end;
$$;
