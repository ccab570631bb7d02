-- Images that came into public collections share their results.
create function private.editor_add_items()
returns trigger
language plpgsql
security definer            -- shared files are not the caller's to write
set search_path = ''
as $$
begin
  perform private.editor_share_items(array(
    select t.id
    from inserted as t
    join editor.image_collections as c on c.id = t.collection_id
    where c.is_public
  ));
  return null;
end;
$$;
