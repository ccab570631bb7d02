-- Asks for the photo of an image again: in other styles, or once more as it was. The
-- old one stays. Each is a request like any other, and the image's lock makes two
-- clicks at once one.
create function private.staging_stage_again(p_image_id uuid, p_styles text[])
returns setof staging.images
language plpgsql
security definer            -- locks the image, which is not the caller's to update
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_image staging.images;
  v_styles text[];
begin
  select * into v_image
  from staging.images as i
  where i.id = p_image_id and i.user_id = v_user_id;
  if found then
    perform private.staging_require_project(v_image.project_id);
    select * into v_image from staging.images as i where i.id = p_image_id for no key update;
  end if;
  if not found then
    raise exception using
      errcode = 'PT404', message = 'image_not_found',
      detail = format('You have no image %s.', coalesce(p_image_id::text, 'null')),
      hint = 'Insert the image first.';
  end if;
  v_styles := coalesce(p_styles, array[v_image.style]);
  if cardinality(v_styles) not between 1 and 20
    or cardinality(v_styles) <> (select count(distinct coalesce(s.style, '')) from unnest(v_styles) as s (style)) then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = format('p_styles has %s styles: 1 to 20 are taken, each once.', cardinality(v_styles)),
      hint = 'Send null for the style that it has.';
  end if;
  if exists (
    select 1
    from staging.images as i
    where i.user_id = v_image.user_id and i.upload_path = v_image.upload_path
      and i.project_id = v_image.project_id and i.status in ('queued', 'processing')
      and i.room_type is not distinct from v_image.room_type
      and coalesce(i.style, '') in (select coalesce(s.style, '') from unnest(v_styles) as s (style))
  ) then
    raise exception using
      errcode = 'PT409', message = 'image_in_work',
      detail = 'This photo is being staged in this style.',
      hint = 'Wait until it is ready or has failed, or cancel its job.';
  end if;
  return query
    insert into staging.images (project_id, original_url, room_type, style)
    select v_image.project_id, v_image.original_url, v_image.room_type, s.style
    from unnest(v_styles) with ordinality as s (style, n)
    order by s.n
    returning *;
end;
$$;
grant execute on function private.staging_stage_again(uuid, text[]) to authenticated;
