create function video.quote_storyboard(p_storyboard_id uuid, p_options jsonb default '{}'::jsonb)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.video_quote_storyboard(p_storyboard_id, p_options);
end;
comment on function video.quote_storyboard(uuid, jsonb) is
  'What generate_storyboard would hold: {credits, shots: [{shot, model, resolution, seconds, credits}]}. Arguments and errors as there, but not PT402.';
grant execute on function video.quote_storyboard(uuid, jsonb) to authenticated;
