-- What the policies ask of a file: its name, and what is known of its content, is of
-- a type and a size that the bucket takes. The Storage API checks the policies before
-- it has the bytes; then type and size are null here, and the bucket's row makes it
-- refuse them afterwards.
create function private.accepts_upload(p_bucket text, p_name text, p_metadata jsonb)
returns boolean
language plpgsql
stable
security definer            -- reads the bucket whatever the caller sees
set search_path = ''
as $$
declare
  v_type text := private.named_type(p_name);
begin
  return v_type is not null
    and private.takes_type(p_bucket, v_type)
    and private.takes_type(p_bucket, coalesce(p_metadata ->> 'mimetype', v_type))
    and not exists (
      select 1 from storage.buckets as b
      where b.id = p_bucket and b.file_size_limit < private.metadata_size(p_metadata)
    );
end;
$$;
grant execute on function private.accepts_upload(text, text, jsonb) to authenticated;
