-- What filming a storyboard would hold, shot by shot.
create function private.video_quote_storyboard(p_storyboard_id uuid, p_options jsonb)
returns jsonb
language plpgsql
stable
security definer            -- looks the caller's rows up as the gate does
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_storyboard video.storyboard_sequences;
begin
  select * into v_storyboard
  from video.storyboard_sequences as s
  where s.id = p_storyboard_id and s.user_id = v_user_id;
  return (
    select jsonb_build_object(
      'credits', sum(p.credits),
      'shots', jsonb_agg(
        jsonb_build_object(
          'shot', s.shot, 'model', s.model, 'resolution', s.resolution, 'seconds', s.seconds,
          'credits', p.credits
        )
        order by s.shot
      )
    )
    from private.video_shots(v_storyboard, p_options) as s
    cross join lateral private.price_of(
      'video.generate', private.video_price_variant(s.model, s.resolution), s.seconds
    ) as p
  );
end;
$$;
grant execute on function private.video_quote_storyboard(uuid, jsonb) to authenticated;
