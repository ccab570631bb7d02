-- Marks a conversation's inbound messages read; unread_count follows by trigger.
create function private.social_read_messages(p_conversation_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update social.conversation_messages as m
  set status = 'read'
  where m.id in (
    select u.id
    from social.conversation_messages as u
    where u.conversation_id = p_conversation_id and u.direction = 'inbound' and u.status <> 'read'
    order by u.id
    for no key update
  );
end;
$$;
