create function public.grant_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_expires_at timestamptz default null
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.grant_credits(
    p_user_id, p_amount, p_transaction_type, p_description, p_metadata, p_idempotency_key, p_expires_at
  );
end;
grant execute on function public.grant_credits(uuid, integer, text, text, jsonb, text, timestamptz)
  to service_role;
comment on function public.grant_credits(uuid, integer, text, text, jsonb, text, timestamptz) is
  'Puts p_amount whole credits (1 to 1e9) into an account as one lot and returns the transaction. Types: purchase, refund, bonus, monthly_reset, trial_grant, adjustment. Repays debt first. Errors: PT400 amount_invalid, transaction_type_invalid, expiry_in_the_past, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT404 account_not_found; PT409 idempotency_key_reused.';
