-- The images that a user has used up since a time. Counted are jobs, not images: a
-- photo that was staged and deleted is used up, one that failed or was cancelled is
-- not.
create function private.staging_count_images(p_user_id uuid, p_since timestamptz)
returns integer
language sql
stable
set search_path = ''
as $$
  select count(*)::integer
  from public.jobs as j
  where j.user_id = p_user_id
    and j.created_at >= p_since
    and j.type = 'stage:run'
    and j.status not in ('failed', 'cancelled');
$$;
