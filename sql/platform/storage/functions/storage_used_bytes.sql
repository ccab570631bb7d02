-- Bytes that a user's objects take in both buckets, by the prefix of their names.
create function private.storage_used_bytes(p_user_id uuid)
returns bigint
language sql
stable
security definer            -- sums what the caller may not list
set search_path = ''
as $$
  select coalesce(sum((o.metadata ->> 'size')::bigint), 0)::bigint
  from storage.objects as o
  where o.bucket_id in ('uploads', 'results')
    and o.name >= p_user_id::text || '/' and o.name < p_user_id::text || '0';
$$;
