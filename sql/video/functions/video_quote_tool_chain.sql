-- What running a chain would hold, step by step.
create function private.video_quote_tool_chain(p_chain_id uuid, p_input jsonb)
returns jsonb
language plpgsql
stable
security definer            -- looks the caller's rows up as the gate does
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_chain video.tool_preset_chains := private.video_require_chain(v_user_id, p_chain_id);
begin
  return (
    select jsonb_build_object(
      'credits', sum(s.credits),
      'steps', jsonb_agg(
        jsonb_build_object('step', s.step, 'tool', s.tool, 'credits', s.credits) order by s.step
      )
    )
    from private.video_chain_steps(
      v_user_id, v_chain.tools, private.video_check_chain_input(v_user_id, p_input)
    ) as s
  );
end;
$$;
grant execute on function private.video_quote_tool_chain(uuid, jsonb) to authenticated;
