-- Collections that became public share their images' results; those that are no
-- longer stop.
create function private.editor_change_collections()
returns trigger
language plpgsql
security definer            -- shared files are not the caller's to write
set search_path = ''
as $$
begin
  perform private.editor_share_items(array(
    select t.id
    from was
    join became on became.id = was.id
    join editor.image_collection_items as t on t.collection_id = became.id
    where was.is_public is distinct from became.is_public
  ));
  return null;
end;
$$;
