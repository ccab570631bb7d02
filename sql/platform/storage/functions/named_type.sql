-- The content type that a file's name promises, or null.
create function private.named_type(p_name text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case lower(substring(p_name from '[.]([A-Za-z0-9]{1,5})$'))
    when 'png' then 'image/png'
    when 'jpg' then 'image/jpeg'
    when 'jpeg' then 'image/jpeg'
    when 'webp' then 'image/webp'
    when 'gif' then 'image/gif'
    when 'svg' then 'image/svg+xml'
    when 'mp4' then 'video/mp4'
    when 'webm' then 'video/webm'
    when 'pdf' then 'application/pdf'
    when 'txt' then 'text/plain'
    when 'md' then 'text/markdown'
    when 'csv' then 'text/csv'
    when 'html' then 'text/html'
    when 'docx' then 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  end;
$$;
