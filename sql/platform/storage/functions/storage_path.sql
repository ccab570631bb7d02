-- The path of an object in a bucket, from what a front end stores as a url: a path,
-- or any storage address of this installation; encoded characters are decoded once.
-- Null for anything else, so that no
-- worker ever fetches an address that a user made up.
create function private.storage_path(p_bucket text, p_url text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_path text := p_url;
  v_base text := private.setting('api_url');
begin
  if char_length(p_url) > 8192 then
    return null;            -- decoding it would take its time
  end if;
  if v_base is not null and starts_with(v_path, v_base || '/') then
    v_path := substr(v_path, char_length(v_base) + 1);
  end if;
  v_path := regexp_replace(
    v_path, '^/storage/v1/object/(?:(?:authenticated|public|sign)/)?' || p_bucket || '/', ''
  );
  v_path := private.url_decode(regexp_replace(v_path, '[?#].*$', ''));
  if v_path is null or v_path like '%\%%' or v_path !~ '^[0-9a-f-]{36}/[^/\\]' or v_path ~ '(^|/)\.\.?(/|$)' or v_path ~ '[[:cntrl:]\\]'
    or v_path ~ '//' or octet_length(v_path) > 1024 then
    return null;
  end if;
  return v_path;
end;
$$;
