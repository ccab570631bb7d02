-- Somebody wrote unread_count = 0: the messages were read.
create function private.social_read_conversation()
returns trigger
language plpgsql
security definer            -- messages are not the caller's to update
set search_path = ''
as $$
begin
  perform private.social_read_messages(new.id);
  return null;
end;
$$;
