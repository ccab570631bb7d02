-- Marks a conversation's inbound messages read; unread_count follows by trigger. In order
-- of id, so that two readers never wait for each other.
create function private.social_read_messages(p_conversation_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from social.conversation_messages as m
  where m.conversation_id = p_conversation_id and m.direction = 'inbound' and m.status <> 'read'
  order by m.id
  for no key update;
  update social.conversation_messages as m
  set status = 'read'
  where m.conversation_id = p_conversation_id and m.direction = 'inbound' and m.status <> 'read';
end;
$$;
