create function public.log_activity(
  p_activity_type text,
  p_activity_data jsonb default null
)
returns void
language sql
security invoker
set search_path = ''
begin atomic
  select private.log_activity(p_activity_type, p_activity_data);
end;
grant execute on function public.log_activity(text, jsonb) to authenticated;
comment on function public.log_activity(text, jsonb) is
  'Notes what the caller does in a front end, with address and agent of the request. Errors: PT403 not_signed_in, profile_missing; PT400 argument_missing, argument_too_long, metadata_invalid.';
