-- Whether a text is a uuid: a cast would raise on a token of another issuer. plpgsql,
-- as jwt_sub() is.
create function private.is_uuid(p_value text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return p_value ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
end;
$$;
