-- The images that have expired, the longest due first.
create function private.editor_due_images(
  p_now timestamptz default now(),
  p_limit integer default 1000
)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select i.id from editor.images as i where i.expires_at <= p_now order by i.expires_at limit p_limit;
$$;
