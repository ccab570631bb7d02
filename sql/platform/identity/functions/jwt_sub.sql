-- The sub of the verified token of this request, or null. Both forms of the
-- setting are read: older gateways set request.jwt.claim.sub.
create function private.jwt_sub()
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub',
    nullif(current_setting('request.jwt.claim.sub', true), '')
  );
$$;
