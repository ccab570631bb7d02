create function editor.deduct_user_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text default 'usage',
  p_description text default null,
  p_metadata jsonb default null
)
returns integer
language sql
security invoker
set search_path = ''
begin atomic
  select private.editor_deduct_user_credits(p_user_id, p_amount, p_transaction_type, p_description, p_metadata);
end;
grant execute on function editor.deduct_user_credits(uuid, integer, text, text, jsonb)
  to authenticated, service_role;
comment on function editor.deduct_user_credits(uuid, integer, text, text, jsonb) is
  'Takes p_amount whole credits (1 to 1e9) for work that is done and returns what the user can spend then; short credits raise. Type: usage. p_metadata may name an idempotency_key. For the service and for admins, whose calls are written to admin_logs. Errors: PT402 insufficient_credits; PT403 admin_only, account_closed; PT400 amount_invalid, transaction_type_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT404 account_not_found; PT409 idempotency_key_reused.';
