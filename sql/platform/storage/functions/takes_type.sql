-- Whether a bucket takes a content type. Its row in storage.buckets is the one list,
-- which the Storage API reads too; "image/*" in it is every image.
create function private.takes_type(p_bucket text, p_type text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select 1
    from storage.buckets as b
    where b.id = p_bucket and (
      b.allowed_mime_types is null
      or exists (
        select 1
        from unnest(b.allowed_mime_types) as a (type)
        where split_part(p_type, ';', 1) like replace(a.type, '*', '%')
      )
    )
  );
$$;
