create function public.spend_credits(
  p_user_id uuid,
  p_amount integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.spend_credits(p_user_id, p_amount, p_description, p_metadata, p_idempotency_key);
end;
grant execute on function public.spend_credits(uuid, integer, text, jsonb, text) to service_role;
comment on function public.spend_credits(uuid, integer, text, jsonb, text) is
  'Takes p_amount whole credits for work that is done and returns the transaction; its amount is negative. Errors: PT402 insufficient_credits; PT400 amount_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT403 account_closed; PT404 account_not_found; PT409 idempotency_key_reused.';
