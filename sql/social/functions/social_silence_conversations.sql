-- A person was asked for: the AI stops answering, in the same transaction.
create function private.social_silence_conversations()
returns trigger
language plpgsql
security definer            -- conversations are not the caller's to write
set search_path = ''
as $$
begin
  perform 1
  from social.conversations as c
  where c.id in (select e.conversation_id from inserted as e)
  order by c.id
  for no key update;
  update social.conversations as c
  set ai_mode = 'OFF'
  where c.id in (select e.conversation_id from inserted as e) and c.ai_mode <> 'OFF';
  return null;
end;
$$;
