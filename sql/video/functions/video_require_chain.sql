-- A chain of the user, or PT404 item_not_found.
create function private.video_require_chain(p_user_id uuid, p_chain_id uuid)
returns video.tool_preset_chains
language plpgsql
stable
set search_path = ''
as $$
declare
  v_chain video.tool_preset_chains;
begin
  select * into v_chain
  from video.tool_preset_chains as c
  where c.id = p_chain_id and c.user_id = p_user_id;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'item_not_found',
      detail = format('You have no tool chain %s.', coalesce(p_chain_id::text, 'null')),
      hint = 'Send the id of a chain of yours.';
  end if;
  return v_chain;
end;
$$;
