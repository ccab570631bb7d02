-- Locks what jobs of video stand on: steps of tool chains, then generations.
create function private.video_lock_generations(p_jobs public.jobs[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_steps uuid[] := array(
    select j.subject_id from unnest(p_jobs) as j where j.payload ? 'tool_step'
  );
begin
  if cardinality(v_steps) > 0 then
    perform private.video_lock_steps(v_steps);
  end if;
  perform private.video_lock_rows(
    array(select j.subject_id from unnest(p_jobs) as j where not j.payload ? 'tool_step')
  );
end;
$$;
