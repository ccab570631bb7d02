-- Buckets are rows of storage.buckets; both are private, one folder a user.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values
  ('uploads', 'uploads', false, 26214400, array['image/png', 'image/jpeg', 'image/webp', 'image/gif']),
  ('results', 'results', false, 104857600, null)
on conflict (id) do update
set
  public = excluded.public,
  file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;
