-- An image belongs to who inserts it, and its original is a file of their folder, of
-- a type and size that are taken. What the Storage API knows of the file goes before
-- what the caller says of it.
create function private.editor_prepare_image()
returns trigger
language plpgsql
security definer            -- reads settings and files, locks the user's profile
set search_path = ''
as $$
declare
  v_metadata jsonb;
  v_size bigint;
begin
  -- Somebody else's is refused by the policy, whether that user exists or not.
  if private.acts_for(new.user_id) then
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
  select o.metadata into v_metadata
  from storage.objects as o
  where o.bucket_id = 'uploads' and o.name = new.upload_path;
  v_size := private.metadata_size(v_metadata);
  new.original_file_type := coalesce(v_metadata ->> 'mimetype', new.original_file_type);
  perform private.check_file('uploads', new.original_file_type, coalesce(v_size, new.original_file_size));
  if v_size is not null then
    new.original_file_size := least(v_size, 2147483647)::integer;
  end if;
  if tg_op = 'INSERT' then
    new.expires_at := private.editor_expiry(new.user_id, now());
  end if;
  return new;
end;
$$;
