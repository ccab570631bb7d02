-- What a request may say. The user, the provider and the state are not the
-- caller's to choose, whatever they send.
create function private.editor_prepare_operation()
returns trigger
language plpgsql
security definer            -- looks the image up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_image editor.images;
begin
  -- The user, then the image: both stay until this commits.
  select i.user_id into v_owner from editor.images as i where i.id = new.image_id;
  if found and (private.jwt_sub() is null or v_owner = v_caller) then
    perform private.require_active(v_owner);
    select * into v_image from editor.images as i where i.id = new.image_id for key share;
  end if;
  if v_image.id is null then
    raise exception using
      errcode = 'PT404', message = 'image_not_found',
      detail = format('You have no image %s.', coalesce(new.image_id::text, 'null')),
      hint = 'Insert the image first.';
  end if;
  new.user_id := v_image.user_id;
  new.api_provider := 'auto';
  new.status := 'pending';
  new.input_data := private.editor_check_input(new.operation_type, new.input_data);
  new.output_data := null;
  new.error_message := null;
  new.processing_time := null;
  new.credits_used := null;
  new.api_cost := null;
  new.completed_at := null;
  return new;
end;
$$;
