-- Removes locked runs of a user: open jobs end, images go. A video that a step made is
-- a generation, which stays with its files.
create function private.video_drop_chain_runs(p_user_id uuid, p_run_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_paths text[];
begin
  perform private.cancel_jobs(
    array(
      select j.id
      from public.jobs as j
      join video.tool_chain_steps as s on s.id = j.subject_id and s.user_id = j.user_id
      where s.run_id = any (p_run_ids) and j.finished_at is null
    ),
    'The run was deleted.'
  );
  v_paths := array(
    select f.value ->> 'path'
    from video.tool_chain_steps as s
    cross join lateral jsonb_array_elements(s.files) as f
    where s.run_id = any (p_run_ids)
      and not exists (select 1 from video.generations as g where g.id = s.id)
    union
    select l.name
    from video.tool_chain_steps as s
    cross join lateral private.left_files(s.user_id, s.id) as l (name)
    where s.run_id = any (p_run_ids)
  );
  delete from video.tool_chain_runs as r where r.id = any (p_run_ids);
  perform private.remove_files(p_user_id, 'results', v_paths);
end;
$$;
