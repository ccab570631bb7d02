-- An image with new results: what its items in public collections share follows.
-- Most images are in none and pay one look for it.
create function private.editor_change_results()
returns trigger
language plpgsql
security definer            -- shared files are not the caller's to write
set search_path = ''
as $$
declare
  v_item_ids uuid[] := array(
    select t.id
    from editor.image_collection_items as t
    join editor.image_collections as c on c.id = t.collection_id
    where t.image_id = new.id and c.is_public
  );
begin
  if cardinality(v_item_ids) > 0 then
    perform private.editor_share_items(v_item_ids);
  end if;
  return null;
end;
$$;
