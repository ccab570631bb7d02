-- An image to work on, of the caller, or PT404 image_not_found. The user, then the
-- image: both stay until this commits.
create function private.editor_require_image(p_image_id uuid)
returns editor.images
language plpgsql
set search_path = ''
as $$
declare
  v_owner uuid;
  v_image editor.images;
begin
  select i.user_id into v_owner from editor.images as i where i.id = p_image_id;
  if private.acts_for(v_owner) then
    perform private.require_active(v_owner);
    select * into v_image from editor.images as i where i.id = p_image_id for key share;
  end if;
  if v_image.id is null then
    raise exception using
      errcode = 'PT404', message = 'image_not_found',
      detail = format('You have no image %s.', coalesce(p_image_id::text, 'null')),
      hint = 'Insert the image first.';
  end if;
  return v_image;
end;
$$;
