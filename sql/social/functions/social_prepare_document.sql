-- A document's file lies in its user's folder: what is ingested later must not be
-- somebody else's. The object and its size are looked up, whatever the caller sends.
create function private.social_prepare_document()
returns trigger
language plpgsql
security definer            -- looks into storage whatever the caller sees
set search_path = ''
as $$
declare
  v_object_id uuid;
  v_size bigint;
begin
  perform private.social_tsconfig(new.tsconfig);

  if new.object_name is not null and (
    not starts_with(new.object_name, new.user_id::text || '/')
    or new.object_name ~ '(^|/)\.{0,2}(/|$)' or new.object_name ~ '[[:cntrl:]\\]'
  ) then
    raise exception using
      errcode = 'PT400', message = 'source_not_in_storage',
      detail = 'The file is not in your folder of a bucket.',
      hint = 'Upload it to <your user id>/… and send that name.';
  end if;
  if tg_op = 'INSERT' or (new.bucket_id, new.object_name, new.storage_object_id, new.file_size_bytes)
    is distinct from (old.bucket_id, old.object_name, old.storage_object_id, old.file_size_bytes) then
    select o.id, (o.metadata ->> 'size')::bigint into v_object_id, v_size
    from storage.objects as o
    where o.bucket_id = new.bucket_id and o.name = new.object_name;
    new.storage_object_id := v_object_id;
    new.file_size_bytes := coalesce(v_size, new.file_size_bytes);
  end if;
  return new;
end;
$$;
