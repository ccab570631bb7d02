-- The caller's address as the gateway tells it, or null when it is none.
create function private.request_ip()
returns inet
language plpgsql
stable
set search_path = ''
as $$
begin
  return btrim(split_part(
    coalesce(private.request_header('x-forwarded-for'), private.request_header('x-real-ip')), ',', 1
  ))::inet;
exception when invalid_text_representation then
  return null;
end;
$$;
