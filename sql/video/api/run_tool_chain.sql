create function video.run_tool_chain(
  p_chain_id uuid,
  p_input jsonb default '{}'::jsonb,
  p_run_id uuid default null
)
returns video.tool_chain_runs
language sql
volatile
security invoker
set search_path = ''
begin atomic
  select private.video_run_tool_chain(p_chain_id, p_input, p_run_id);
end;
comment on function video.run_tool_chain(uuid, jsonb, uuid) is
  'Runs the tools of a chain of the caller in order, each as a job; what one makes feeds the next. All credits are held now; each step that succeeds takes its price, the first that fails ends the run and the rest returns. p_input: {prompt, image (an upload or a public https address), and what steps leave out}; p_run_id: an id of the client''s, for a call that may be repeated. Raises the chain''s usage_count. Errors: PT404 item_not_found, brand_guidelines_not_found, upload_not_found; PT400 tool_unknown, input_invalid (with the number of the step), url_not_allowed, source_not_in_storage, file_type_not_allowed, file_too_large; PT402 insufficient_credits; PT409 idempotency_key_reused; PT403 not_signed_in, profile_missing, account_suspended; PT429 queue_full.';
grant execute on function video.run_tool_chain(uuid, jsonb, uuid) to authenticated;
