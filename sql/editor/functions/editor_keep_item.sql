-- An item names one image in one collection as long as it lasts, so an upsert that
-- says the same again changes nothing.
create function private.editor_keep_item()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if (new.collection_id, new.image_id) is distinct from (old.collection_id, old.image_id) then
    raise exception using
      errcode = 'PT422', message = 'item_is_fixed',
      detail = 'An item keeps its collection and its image.',
      hint = 'Delete it and insert another.';
  end if;
  new.id := old.id;
  new.user_id := old.user_id;
  return new;
end;
$$;
