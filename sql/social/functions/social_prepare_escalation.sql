-- An escalation is its conversation's user's.
create function private.social_prepare_escalation()
returns trigger
language plpgsql
security definer            -- looks the conversation up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := (private.social_require_conversation(new.conversation_id)).user_id;
  return new;
end;
$$;
