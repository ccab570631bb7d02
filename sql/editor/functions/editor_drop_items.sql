-- Images that left a collection, or went with it, share nothing because of it.
create function private.editor_drop_items()
returns trigger
language plpgsql
security definer            -- shared files are not the caller's to write
set search_path = ''
as $$
begin
  perform private.editor_unshare_items(array(select d.id from dropped as d));
  return null;
end;
$$;
