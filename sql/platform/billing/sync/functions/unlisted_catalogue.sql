-- The products and prices that we know, and that the seller's whole list did not
-- name: each may have been deleted while nobody told us, or is younger than the
-- list. Who asks looks each of them up.
create function private.unlisted_catalogue(p_source text, p_ids text[])
returns table (type text, id text)
language plpgsql
stable
security definer            -- inactive rows are not everybody's to read
set search_path = ''
as $$
begin
  if p_ids is null then
    raise exception using
      errcode = 'PT400', message = 'argument_missing',
      detail = 'p_ids must not be null.', hint = 'Send a value.';
  end if;
  return query
  select 'product', p.id
  from public.products as p
  where p.source = p_source and p.deleted_at is null and p.id <> all (p_ids)
  union all
  select 'price', r.id
  from public.prices as r
  where r.source = p_source and r.deleted_at is null and r.id <> all (p_ids);
end;
$$;
grant execute on function private.unlisted_catalogue(text, text[]) to service_role;
