-- A conversation is its account's user's. What is counted starts at nothing.
create function private.social_prepare_conversation()
returns trigger
language plpgsql
security definer            -- looks the account up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := (private.social_require_account(new.social_account_id)).user_id;
  if tg_op = 'INSERT' then
    new.unread_count := 0;
    new.last_message_at := null;
  end if;
  return new;
end;
$$;
