-- The shots of a storyboard as requests, settled and in order: each frame's description
-- is its prompt, its other keys count before p_options. A shot lasts the shortest
-- length that its model makes and its frame fits into.
create function private.video_shots(
  p_storyboard video.storyboard_sequences,
  p_options jsonb
)
returns setof video.generations
language plpgsql
stable
set search_path = ''
as $$
declare
  v_frame record;
  v_shot video.generations;
  v_seconds integer;
  v_limits video.model_limits;
begin
  if p_storyboard.id is null then
    raise exception using
      errcode = 'PT404', message = 'storyboard_not_found',
      detail = 'You have no such storyboard.', hint = 'Send the id of a storyboard of yours.';
  end if;
  if p_storyboard.frames = '[]' then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = 'The storyboard has no frames.', hint = 'Add a frame first.';
  end if;
  for v_frame in
    select f.value, f.ordinality from jsonb_array_elements(p_storyboard.frames) with ordinality as f
  loop
    v_shot := private.video_request_from(
      p_storyboard.user_id,
      coalesce(p_options, '{}'::jsonb) || v_frame.value || jsonb_build_object(
        'prompt', v_frame.value -> 'description', 'seconds', null,
        'storyboard_id', p_storyboard.id, 'campaign_id', p_storyboard.campaign_id
      )
    );
    v_shot.shot := v_frame.ordinality::integer;
    v_shot := private.video_fill_request(v_shot);
    v_limits := private.video_limits(v_shot.model, v_shot.resolution);
    select min(s.seconds) into v_seconds
    from unnest(v_limits.seconds) as s (seconds)
    where s.seconds >= (v_frame.value ->> 'duration')::numeric;
    -- Too long for its model: said by the check, with the number of the shot.
    v_shot.seconds := coalesce(v_seconds, ceil((v_frame.value ->> 'duration')::numeric)::integer);
    return next private.video_settle_request(v_shot);
  end loop;
end;
$$;
