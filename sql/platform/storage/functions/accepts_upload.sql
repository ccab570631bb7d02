-- What the policies ask of a file: its name, and what is known of its content, is of
-- a type and a size that the bucket takes. The Storage API asks before it has the
-- bytes: then there is no size yet, and the type is that of the request, which to sign
-- a URL is JSON. Once it has them the bucket's own row makes it refuse.
create function private.accepts_upload(p_bucket text, p_name text, p_metadata jsonb)
returns boolean
language plpgsql
stable
security definer            -- reads the bucket whatever the caller sees
set search_path = ''
as $$
declare
  v_type text := private.named_type(p_name);
  v_size bigint := private.metadata_size(p_metadata);
begin
  if v_type is null or not private.takes_type(p_bucket, v_type) then
    return false;
  end if;
  return v_size is null or (
    private.takes_type(p_bucket, coalesce(p_metadata ->> 'mimetype', v_type))
    and not exists (
      select 1 from storage.buckets as b where b.id = p_bucket and b.file_size_limit < v_size
    )
  );
end;
$$;
grant execute on function private.accepts_upload(text, text, jsonb) to authenticated;
