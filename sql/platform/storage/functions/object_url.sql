-- The address of a private object: it answers to its owner's token.
create function private.object_url(p_bucket text, p_path text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.setting('api_url', '') || '/storage/v1/object/authenticated/' || p_bucket || '/' || p_path;
end;
$$;
