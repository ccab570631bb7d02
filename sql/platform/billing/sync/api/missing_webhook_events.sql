create function public.missing_webhook_events(p_source text, p_ids text[])
returns setof text
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.missing_webhook_events(p_source, p_ids);
end;
grant execute on function public.missing_webhook_events(text, text[]) to service_role;
comment on function public.missing_webhook_events(text, text[]) is
  'Of at most 1000 event ids of a sender, those that the inbox does not have. Errors: PT400 source_unknown, batch_invalid.';
