create function public.record_provider_callback(
  p_provider text,
  p_external_id text,
  p_payload jsonb
)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.record_provider_callback(p_provider, p_external_id, p_payload);
end;
grant execute on function public.record_provider_callback(text, text, jsonb) to service_role;
comment on function public.record_provider_callback(text, text, jsonb) is
  'Notes a provider''s verified callback and wakes its job: {outcome woken|already_ended|unknown, job_id}. Errors: PT400 argument_missing, argument_too_long.';
