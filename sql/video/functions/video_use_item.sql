-- Raises the usage count of an item of the caller: two uses at once are two.
create function private.video_use_item(p_kind text, p_id uuid)
returns integer
language plpgsql
security definer            -- asks who calls, which is in private
set search_path = ''
as $$
declare
  v_user_id uuid := private.user_id();
  v_count integer;
begin
  if p_kind = 'tool_configuration' then
    update video.tool_configurations as t
    set usage_count = least(t.usage_count, 999999999) + 1
    where t.id = p_id and t.user_id = v_user_id
    returning t.usage_count into v_count;
  elsif p_kind = 'style_preset' then
    update video.style_presets as s
    set usage_count = least(s.usage_count, 999999999) + 1
    where s.id = p_id and s.user_id = v_user_id
    returning s.usage_count into v_count;
  elsif p_kind = 'tool_preset_chain' then
    update video.tool_preset_chains as c
    set usage_count = least(c.usage_count, 999999999) + 1
    where c.id = p_id and c.user_id = v_user_id
    returning c.usage_count into v_count;
  else
    raise exception using
      errcode = 'PT400', message = 'item_kind_invalid',
      detail = format('"%s" is not a kind of item.', left(p_kind, 100)),
      hint = 'Use tool_configuration, style_preset or tool_preset_chain.';
  end if;
  if v_count is null then
    raise exception using
      errcode = 'PT404', message = 'item_not_found',
      detail = format('You have no %s %s.', p_kind, coalesce(p_id::text, 'null')),
      hint = 'Send the id of an item of yours.';
  end if;
  return v_count;
end;
$$;
grant execute on function private.video_use_item(text, uuid) to authenticated;
