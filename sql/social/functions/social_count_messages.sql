-- Moves conversations' counts by what changed, in order of id so that two batches
-- never wait for each other. The newest message is read anew under the lock: one
-- that commits meanwhile waits here, and sees this.
create function private.social_count_messages(p_conversation_ids uuid[], p_unread bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform 1
  from social.conversations as c
  where c.id = any (p_conversation_ids)
  order by c.id
  for no key update;
  update social.conversations as c
  set
    unread_count = greatest(c.unread_count + d.unread, 0),
    last_message_at = (
      select max(m.created_at) from social.conversation_messages as m where m.conversation_id = c.id
    )
  from unnest(p_conversation_ids, p_unread) as d (id, unread)
  where c.id = d.id;
end;
$$;
