-- The settings of a chain's step: its own count before those of the tool configuration
-- that it names, and these before the run's input. {prompt} in a step's prompt is the
-- input's.
create function private.video_step_settings(
  p_user_id uuid,
  p_step integer,
  p_settings jsonb,
  p_input jsonb
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_settings jsonb := case when jsonb_typeof(p_settings) = 'object' then p_settings else '{}'::jsonb end;
  v_configuration jsonb;
begin
  if v_settings ? 'tool_configuration_id' then
    select t.configuration into v_configuration
    from video.tool_configurations as t
    where t.id::text = v_settings ->> 'tool_configuration_id' and t.user_id = p_user_id;
    if not found then
      raise exception using
        errcode = 'PT404', message = 'item_not_found',
        detail = format('No. %s: you have no such tool configuration.', p_step),
        hint = 'Insert the tool configuration first.';
    end if;
    if jsonb_typeof(v_configuration) = 'object' then
      v_settings := v_configuration || v_settings;
    end if;
  end if;
  v_settings := p_input || v_settings;
  if jsonb_typeof(v_settings -> 'prompt') = 'string' and p_input ->> 'prompt' is not null then
    v_settings := v_settings || jsonb_build_object(
      'prompt', replace(v_settings ->> 'prompt', '{prompt}', p_input ->> 'prompt')
    );
  end if;
  return v_settings;
end;
$$;
