create function public.stale_billing_objects(p_limit integer default 100)
returns table (source text, type text, id text, stale_since timestamptz)
language sql
security invoker
set search_path = ''
begin atomic
  select s.source, s.type, s.id, s.stale_since from private.stale_billing_objects(p_limit) as s;
end;
grant execute on function public.stale_billing_objects(integer) to service_role;
comment on function public.stale_billing_objects(integer) is
  'The objects whose stored versions do not decide what they are now, to be fetched from their sender and handed to record_fetched_object; they are marked as asked for. Errors: PT400 limit_invalid.';
