create function public.unlisted_catalogue(p_source text, p_ids text[])
returns table (type text, id text)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select u.type, u.id from private.unlisted_catalogue(p_source, p_ids) as u;
end;
grant execute on function public.unlisted_catalogue(text, text[]) to service_role;
comment on function public.unlisted_catalogue(text, text[]) is
  'Our products and prices of a seller that are not deleted, and not among the ids that it listed: (type product|price, id). Errors: PT400 argument_missing.';
