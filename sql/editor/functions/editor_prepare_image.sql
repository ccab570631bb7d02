-- An image belongs to who inserts it, and its original is a file of their folder.
create function private.editor_prepare_image()
returns trigger
language plpgsql
security definer            -- reads settings
set search_path = ''
as $$
begin
  new.user_id := coalesce(new.user_id, private.user_id());
  perform private.require_present(new.user_id);
  if new.original_url is not null then
    if private.storage_path('uploads', new.original_url) is null
      or split_part(private.storage_path('uploads', new.original_url), '/', 1) <> new.user_id::text then
      raise exception using
        errcode = 'PT400', message = 'source_not_in_storage',
        detail = 'The file is not in your folder of the bucket uploads.',
        hint = 'Upload it to uploads/<your user id>/… and send that path.';
    end if;
  end if;
  return new;
end;
$$;
