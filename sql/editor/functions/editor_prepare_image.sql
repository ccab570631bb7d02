-- An image belongs to who inserts it, and its original is a file of their folder.
create function private.editor_prepare_image()
returns trigger
language plpgsql
security definer            -- reads settings, locks the user's profile
set search_path = ''
as $$
begin
  -- Somebody else's is refused by the policy, whether that user exists or not.
  if private.jwt_sub() is null or new.user_id = private.user_id() then
    perform private.require_present(new.user_id);
  end if;
  new.upload_path := private.storage_path('uploads', new.original_url);
  if new.original_url is not null
    and split_part(new.upload_path, '/', 1) is distinct from new.user_id::text then
    raise exception using
      errcode = 'PT400', message = 'source_not_in_storage',
      detail = 'The file is not in your folder of the bucket uploads.',
      hint = 'Upload it to uploads/<your user id>/… and send that path.';
  end if;
  return new;
end;
$$;
