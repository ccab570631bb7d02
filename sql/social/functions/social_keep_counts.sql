-- Messages are counted by trigger. Back ends that were written to count for
-- themselves may go on: only 0 counts of what they write, since it means read.
create function private.social_keep_counts()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.last_message_at := old.last_message_at;
  if new.unread_count <> 0 then
    new.unread_count := old.unread_count;
  end if;
  return new;
end;
$$;
