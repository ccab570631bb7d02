create function video.cancel_storyboard_run(p_run_id uuid)
returns integer
language sql
volatile
security invoker
set search_path = ''
begin atomic
  select private.video_cancel_storyboard_run(p_run_id);
end;
comment on function video.cancel_storyboard_run(uuid) is
  'Stops the shots of a run of the caller that have not ended; what is left of their hold returns. Answers how many were stopped. Errors: PT404 run_not_found; PT403 not_signed_in.';
grant execute on function video.cancel_storyboard_run(uuid) to authenticated;
