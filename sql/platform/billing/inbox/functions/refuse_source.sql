create function private.refuse_source(p_source text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT400', message = 'source_unknown',
    detail = format('"%s" sends no webhooks here.', left(p_source, 100)), hint = 'Use stripe or whop.';
end;
$$;
