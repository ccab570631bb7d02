-- A collection holds images of its own user, and only they put them in. The
-- collection stays as public as it is until this commits: the item's results are
-- shared, or not, by what is true then.
create function private.editor_prepare_item()
returns trigger
language plpgsql
security definer            -- looks collection and image up whatever the caller sees
set search_path = ''
as $$
declare
  v_owner uuid;
  v_collection editor.image_collections;
begin
  select c.user_id into v_owner
  from editor.image_collections as c
  where c.id = new.collection_id;
  if private.acts_for(v_owner) then
    perform private.require_present(v_owner);
    select * into v_collection
    from editor.image_collections as c
    where c.id = new.collection_id
    for share;
  end if;
  if v_collection.id is null then
    raise exception using
      errcode = 'PT404', message = 'collection_not_found',
      detail = format('You have no collection %s.', coalesce(new.collection_id::text, 'null')),
      hint = 'Insert the collection first.';
  end if;
  -- Of one owner: the collection's may have changed since it was first looked at.
  if not exists (
    select 1 from editor.images as i where i.id = new.image_id and i.user_id = v_collection.user_id
  ) then
    raise exception using
      errcode = 'PT404', message = 'image_not_found',
      detail = format('You have no image %s.', coalesce(new.image_id::text, 'null')),
      hint = 'Insert the image first.';
  end if;
  new.user_id := v_collection.user_id;
  return new;
end;
$$;
