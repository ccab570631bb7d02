-- Whether jobs of a type could go on now: some provider of the worker may take one,
-- or the type needs none.
create function private.has_route(p_type text, p_providers text[], p_now timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return not exists (select 1 from public.provider_routes as r where r.operation = p_type)
    or exists (select 1 from private.open_routes(p_type, null, p_providers, '{}', p_now));
end;
$$;
