-- Refuses a file that its bucket does not take: PT400 file_type_not_allowed,
-- file_too_large. A type or a size that is not known is not refused.
create function private.check_file(p_bucket text, p_type text, p_size bigint)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bucket storage.buckets;
begin
  select * into v_bucket from storage.buckets as b where b.id = p_bucket;
  if p_type is not null and not private.takes_type(p_bucket, p_type) then
    raise exception using
      errcode = 'PT400', message = 'file_type_not_allowed',
      detail = format(
        'The file is %s; taken are %s.', left(p_type, 100), array_to_string(v_bucket.allowed_mime_types, ', ')
      ),
      hint = 'Upload a file of one of these types.';
  end if;
  if p_size > v_bucket.file_size_limit then
    raise exception using
      errcode = 'PT400', message = 'file_too_large',
      detail = format('The file has %s bytes, at most %s are taken.', p_size, v_bucket.file_size_limit),
      hint = 'Upload a smaller file.';
  end if;
end;
$$;
