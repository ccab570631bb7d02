-- A run of a user's tool chain, locked, or PT404 run_not_found.
create function private.video_lock_chain_run(p_user_id uuid, p_run_id uuid)
returns video.tool_chain_runs
language plpgsql
set search_path = ''
as $$
declare
  v_run video.tool_chain_runs;
begin
  select * into v_run
  from video.tool_chain_runs as r
  where r.id = p_run_id and r.user_id = p_user_id
  for no key update;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'run_not_found',
      detail = format('You have no tool chain run %s.', coalesce(p_run_id::text, 'null')),
      hint = 'Send the id of a run of yours.';
  end if;
  return v_run;
end;
$$;
