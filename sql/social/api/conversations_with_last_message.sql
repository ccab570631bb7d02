create function social.conversations_with_last_message(
  p_limit integer default 50,
  p_before timestamptz default null,
  p_before_id uuid default null
)
returns table (
  id uuid,
  social_account_id uuid,
  external_conversation_id text,
  customer_identifier text,
  customer_name text,
  customer_avatar_url text,
  status text,
  priority text,
  assigned_to uuid,
  tags text[],
  ai_mode text,
  automation_disabled boolean,
  unread_count integer,
  last_message_at timestamptz,
  metadata jsonb,
  created_at timestamptz,
  updated_at timestamptz,
  last_message jsonb
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_conversations_with_last_message(p_limit, p_before, p_before_id);
end;
grant execute on function social.conversations_with_last_message(integer, timestamptz, uuid) to authenticated;
comment on function social.conversations_with_last_message(integer, timestamptz, uuid) is
  'The caller''s conversations that have a message, the newest message first, with that message as an object. The next page: p_before and p_before_id are last_message_at and id of the last row. p_limit is 1 to 100. Errors: PT403 not_signed_in; PT400 limit_invalid.';
