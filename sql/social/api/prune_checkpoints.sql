create function social.prune_checkpoints(p_thread_id text, p_keep integer default 10)
returns jsonb
language sql
security invoker
set search_path = ''
begin atomic
  select private.social_prune_checkpoints(p_thread_id, p_keep);
end;
grant execute on function social.prune_checkpoints(text, integer) to authenticated, service_role;
comment on function social.prune_checkpoints(text, integer) is
  'Deletes the checkpoints of a thread of the caller, or of anybody for the service, but the newest p_keep (1 to 1000) of each namespace and what those are rebuilt from; namespaces of subgraphs'' tasks go with the state of the thread that they ran from. Returns how many rows went as {checkpoints, blobs, writes}. Errors: PT403 not_signed_in; PT400 argument_missing, argument_too_long, limit_invalid; PT404 thread_unknown.';
