-- The steps of a chain as they will run with this input, settled and priced, or the
-- refusal of the first that cannot: nothing is begun that must stop half-way.
create function private.video_chain_steps(p_user_id uuid, p_tools jsonb, p_input jsonb)
returns table (
  step integer, tool text, job_type text, request jsonb, credits integer
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_item record;
  v_tool video.tools;
  v_settings jsonb;
  v_variant text;
  v_seconds numeric;
  v_has_image boolean := p_input ->> 'image' is not null;
begin
  if p_tools = '[]' then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = 'The chain has no tools.', hint = 'Add a tool first.';
  end if;
  for v_item in
    select
      t.ordinality::integer as n,
      coalesce(t.value ->> 'tool', t.value ->> 'tool_name', t.value ->> 'name') as name,
      coalesce(t.value -> 'settings', t.value -> 'configuration') as settings
    from jsonb_array_elements(p_tools) with ordinality as t
  loop
    select t.* into v_tool from video.tools as t where t.tool = v_item.name and t.is_active;
    if not found then
      raise exception using
        errcode = 'PT400', message = 'tool_unknown',
        detail = format('No. %s: there is no tool "%s".', v_item.n, left(v_item.name, 100)),
        hint = 'The tools are in video.tools.';
    end if;
    if v_tool.needs_image and not v_has_image then
      raise exception using
        errcode = 'PT400', message = 'input_invalid',
        detail = format('No. %s: "%s" works on an image, and there is none yet.', v_item.n, v_tool.tool),
        hint = 'Send image in the input, or put a tool that makes one before it.';
    end if;
    v_has_image := true;
    v_settings := private.video_step_settings(p_user_id, v_item.n, v_item.settings, p_input);

    step := v_item.n;
    tool := v_tool.tool;
    job_type := v_tool.job_type;
    v_variant := null;
    v_seconds := null;
    if v_tool.makes = 'video' then
      request := private.video_video_step(p_user_id, v_item.n, v_settings);
      v_variant := private.video_price_variant(request ->> 'model', request ->> 'resolution');
      v_seconds := (request ->> 'seconds')::numeric;
    else
      request := private.video_image_step(v_item.n, v_tool, v_settings);
      v_variant := (request ->> 'factor') || 'x';
    end if;
    select p.credits into credits
    from private.price_of(job_type, v_variant, coalesce(v_seconds, 1)) as p;
    return next;
  end loop;
end;
$$;
