-- Runs a chain of the caller: its steps are settled and its credits held now, so that
-- it never stops for want of either; the first step is enqueued. The same p_run_id
-- again is the same run.
create function private.video_run_tool_chain(p_chain_id uuid, p_input jsonb, p_run_id uuid)
returns video.tool_chain_runs
language plpgsql
security definer            -- runs, steps and jobs are not the caller's to insert
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_chain video.tool_preset_chains;
  v_input jsonb;
  v_run video.tool_chain_runs;
begin
  perform private.require_active(v_user_id);
  select * into v_run from video.tool_chain_runs as r where r.id = p_run_id;
  if found then
    if v_run.user_id <> v_user_id or v_run.chain_id is distinct from p_chain_id then
      perform private.refuse_reused_key(p_run_id::text);
    end if;
    return v_run;
  end if;
  v_chain := private.video_require_chain(v_user_id, p_chain_id);
  v_input := private.video_check_chain_input(v_user_id, p_input);

  -- A call that was sent twice at once waits here for the first, and is its run.
  insert into video.tool_chain_runs (id, user_id, chain_id, name, input, steps, credits)
  values (
    coalesce(p_run_id, gen_random_uuid()), v_user_id, p_chain_id, v_chain.name, v_input,
    greatest(jsonb_array_length(v_chain.tools), 1), 0
  )
  on conflict (id) do nothing
  returning * into v_run;
  if v_run.id is null then
    return private.video_run_tool_chain(p_chain_id, p_input, p_run_id);
  end if;
  insert into video.tool_chain_steps (user_id, run_id, step, tool, job_type, request, price)
  select v_user_id, v_run.id, s.step, s.tool, s.job_type, s.request, s.credits
  from private.video_chain_steps(v_user_id, v_chain.tools, v_input) as s;
  update video.tool_chain_runs as r
  set credits = (select sum(s.price) from video.tool_chain_steps as s where s.run_id = r.id)
  where r.id = v_run.id
  returning * into v_run;
  update video.tool_preset_chains as c
  set usage_count = least(c.usage_count, 999999999) + 1
  where c.id = p_chain_id;
  perform private.video_begin_chain(v_run);
  return v_run;
end;
$$;
grant execute on function private.video_run_tool_chain(uuid, jsonb, uuid) to authenticated;
