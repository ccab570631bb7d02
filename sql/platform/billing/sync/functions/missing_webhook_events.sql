-- Of a sender's events those that the inbox does not have.
create function private.missing_webhook_events(p_source text, p_ids text[])
returns setof text
language plpgsql
stable
security definer            -- the inbox is not the caller's to read
set search_path = ''
as $$
begin
  if p_source is null or p_source not in ('stripe', 'whop') then
    raise exception using
      errcode = 'PT400', message = 'source_unknown',
      detail = format('"%s" sends no webhooks here.', left(p_source, 100)), hint = 'Use stripe or whop.';
  end if;
  if p_ids is null or cardinality(p_ids) > 1000 then
    raise exception using
      errcode = 'PT400', message = 'batch_invalid',
      detail = 'At most 1000 ids are taken.', hint = 'Send fewer at a time.';
  end if;
  return query
  select distinct i.id
  from unnest(p_ids) as i (id)
  where i.id is not null and not exists (
    select 1
    from public.webhook_events as e
    where e.source = p_source and e.external_id = i.id
  );
end;
$$;
grant execute on function private.missing_webhook_events(text, text[]) to service_role;
