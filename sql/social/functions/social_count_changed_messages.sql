-- Most changes of a message (sent, delivered) change no count, and lock nothing.
create function private.social_count_changed_messages()
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
    select x.conversation_id, sum(x.unread)::bigint as unread
    from (
      select m.id, m.conversation_id, m.created_at,
        case when m.direction = 'inbound' and m.status <> 'read' then 1 else 0 end as unread
      from after_change as m
      union all
      select m.id, m.conversation_id, m.created_at,
        case when m.direction = 'inbound' and m.status <> 'read' then -1 else 0 end
      from before_change as m
    ) as x
    group by x.conversation_id
    having sum(x.unread) <> 0
      -- A message came, went, or changed its time.
      or count(distinct (x.id, x.created_at)) * 2 <> count(*)
  ) as t;
  if v_ids is not null then
    perform private.social_count_messages(v_ids, v_unread);
  end if;
  return null;
end;
$$;
