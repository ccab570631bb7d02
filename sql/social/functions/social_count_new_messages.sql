create function private.social_count_new_messages()
returns trigger
language plpgsql
security definer            -- counts are not the caller's to write
set search_path = ''
as $$
declare
  v_ids uuid[];
  v_unread bigint[];
begin
  select array_agg(t.conversation_id), array_agg(t.unread)
  into v_ids, v_unread
  from (
    select
      m.conversation_id,
      count(*) filter (where m.direction = 'inbound' and m.status <> 'read') as unread
    from inserted as m
    group by m.conversation_id
  ) as t;
  if v_ids is not null then
    perform private.social_count_messages(v_ids, v_unread);
  end if;
  return null;
end;
$$;
