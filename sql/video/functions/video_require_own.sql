-- Refuses a request that names a style preset, a tool configuration or brand
-- guidelines of somebody else. Their users never change, so they need no lock.
create function private.video_require_own(p_request video.generations)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_request.style_preset_id is not null and not exists (
    select 1
    from video.style_presets as s
    where s.id = p_request.style_preset_id and s.user_id = p_request.user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'item_not_found',
      detail = format('You have no style preset %s.', p_request.style_preset_id),
      hint = 'Insert the style preset first.';
  end if;
  if p_request.tool_configuration_id is not null and not exists (
    select 1
    from video.tool_configurations as t
    where t.id = p_request.tool_configuration_id and t.user_id = p_request.user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'item_not_found',
      detail = format('You have no tool configuration %s.', p_request.tool_configuration_id),
      hint = 'Insert the tool configuration first.';
  end if;
  perform private.video_require_brand(p_request.user_id, p_request.brand_guidelines_id);
end;
$$;
