-- A user leaves: their collections and pictures go, and with them open work and files.
create function private.editor_retire_user(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from editor.image_collections as c where c.user_id = p_user_id;
  delete from editor.images as i where i.user_id = p_user_id;
end;
$$;
