-- The sub of the verified token of this request, or null. Both forms of the
-- setting are read: older gateways set request.jwt.claim.sub. plpgsql, since every
-- policy asks it, and evaluates an expression sooner than sql runs a query.
create function private.jwt_sub()
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub',
    nullif(current_setting('request.jwt.claim.sub', true), '')
  );
end;
$$;
