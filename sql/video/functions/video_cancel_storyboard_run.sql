-- Stops the shots of a run of the caller that have not ended, and answers how many.
create function private.video_cancel_storyboard_run(p_run_id uuid)
returns integer
language plpgsql
security definer            -- jobs are not the caller's to write
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_jobs uuid[];
begin
  if not exists (
    select 1 from video.storyboard_runs as r where r.id = p_run_id and r.user_id = v_user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'run_not_found',
      detail = format('You have no storyboard run %s.', coalesce(p_run_id::text, 'null')),
      hint = 'Send the run_id of a shot of yours.';
  end if;
  v_jobs := array(
    select j.id
    from public.jobs as j
    join video.generations as g on g.id = j.subject_id
    where g.run_id = p_run_id and j.finished_at is null
  );
  perform private.cancel_jobs(v_jobs, 'Cancelled by the user.');
  return (
    select count(*)::integer from public.jobs as j where j.id = any (v_jobs) and j.status = 'cancelled'
  );
end;
$$;
grant execute on function private.video_cancel_storyboard_run(uuid) to authenticated;
