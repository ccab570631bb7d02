create function public.record_fetched_object(
  p_source text,
  p_object jsonb,
  p_fetched_at timestamptz default null
)
returns text
language sql
security invoker
set search_path = ''
begin atomic
  select private.record_fetched_object(p_source, p_object, p_fetched_at);
end;
grant execute on function public.record_fetched_object(text, jsonb, timestamptz) to service_role;
comment on function public.record_fetched_object(text, jsonb, timestamptz) is
  'Stores an object that was fetched from stripe or whop (p_object has object and id; an invoice all its lines) and applies it. p_fetched_at: when the request was sent; by default when stale_billing_objects named it. Returns unchanged (it says nothing new), early (newer than that is known: fetch it again later), or the status of its event: applied, waiting, failed. Errors: PT400 source_unknown, event_invalid.';
