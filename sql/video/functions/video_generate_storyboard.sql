-- Films a storyboard of the caller: all shots are requested, held for and enqueued in
-- one transaction, or none. The same p_run_id again is the same run; two runs of one
-- storyboard at once are refused, since the second is mostly a second click.
create function private.video_generate_storyboard(
  p_storyboard_id uuid,
  p_options jsonb,
  p_run_id uuid
)
returns setof video.generations
language plpgsql
security definer            -- what a run is made of is not the caller's to insert
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_storyboard video.storyboard_sequences;
  v_run video.storyboard_runs;
  v_shots video.generations[];
begin
  -- The user, then the storyboard: locked, of two runs at once the second sees the first.
  perform private.require_active(v_user_id);
  select * into v_storyboard
  from video.storyboard_sequences as s
  where s.id = p_storyboard_id and s.user_id = v_user_id
  for no key update;
  select * into v_run from video.storyboard_runs as r where r.id = p_run_id;
  if found then
    if v_run.user_id <> v_user_id or v_run.storyboard_id is distinct from p_storyboard_id then
      perform private.refuse_reused_key(p_run_id::text);
    end if;
    return query select g.* from video.generations as g where g.run_id = p_run_id order by g.shot;
    return;
  end if;

  v_shots := array(select s from private.video_shots(v_storyboard, p_options) as s);
  if exists (
    select 1
    from video.generations as g
    where g.storyboard_id = p_storyboard_id and g.run_id is not null and g.status = 'generating'
  ) then
    raise exception using
      errcode = 'PT409', message = 'storyboard_running',
      detail = 'Shots of this storyboard are still being made.',
      hint = 'Wait for them, or cancel the run.';
  end if;
  insert into video.storyboard_runs (id, user_id, storyboard_id, options, shots, credits)
  values (
    coalesce(p_run_id, gen_random_uuid()), v_user_id, p_storyboard_id,
    coalesce(p_options, '{}'::jsonb), cardinality(v_shots), 0
  )
  returning * into v_run;
  insert into video.generations (
    user_id, prompt, model, aspect_ratio, resolution, mode, seconds, reference_image_url,
    negative_prompt, platform, character_id, style_preset_id, tool_configuration_id,
    brand_guidelines_id, campaign_id, storyboard_id, run_id, shot
  )
  select
    s.user_id, s.prompt, s.model, s.aspect_ratio, s.resolution, s.mode, s.seconds, s.reference_image_url,
    s.negative_prompt, s.platform, s.character_id, s.style_preset_id, s.tool_configuration_id,
    s.brand_guidelines_id, s.campaign_id, s.storyboard_id, v_run.id, s.shot
  from unnest(v_shots) as s;
  update video.storyboard_runs as r
  set credits = (
    select coalesce(sum(j.price), 0)
    from public.jobs as j
    join video.generations as g on g.id = j.subject_id
    where g.run_id = r.id
  )
  where r.id = v_run.id;
  return query select g.* from video.generations as g where g.run_id = v_run.id order by g.shot;
end;
$$;
grant execute on function private.video_generate_storyboard(uuid, jsonb, uuid) to authenticated;
