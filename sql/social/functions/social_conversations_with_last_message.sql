-- A page by (last_message_at, id), which one index holds in this order: a batch of
-- webhooks gives several conversations the same time.
create function private.social_conversations_with_last_message(
  p_limit integer,
  p_before timestamptz,
  p_before_id uuid
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
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_limit', p_limit, 100);
  return query
  select
    c.id, c.social_account_id, c.external_conversation_id, c.customer_identifier, c.customer_name,
    c.customer_avatar_url, c.status, c.priority, c.assigned_to, c.tags, c.ai_mode,
    c.automation_disabled, c.unread_count, c.last_message_at, c.metadata, c.created_at, c.updated_at,
    (
      select to_jsonb(m) - 'user_id'
      from social.conversation_messages as m
      where m.conversation_id = c.id
      order by m.created_at desc, m.id desc
      limit 1
    )
  from social.conversations as c
  where c.user_id = v_user_id
    and (c.last_message_at, c.id)
      < (coalesce(p_before, 'infinity'), coalesce(p_before_id, '00000000-0000-0000-0000-000000000000'))
  order by c.last_message_at desc, c.id desc
  limit p_limit;
end;
$$;
grant execute on function private.social_conversations_with_last_message(integer, timestamptz, uuid)
  to authenticated;
