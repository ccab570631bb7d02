create function public.spend_credits_batch(p_spends jsonb)
returns table (ordinal integer, user_id uuid, transaction_id uuid, seq bigint, balance_after integer, error text)
language sql
security invoker
set search_path = ''
begin atomic
  select b.ordinal, b.user_id, b.transaction_id, b.seq, b.balance_after, b.error
  from private.spend_credits_batch(p_spends) as b;
end;
grant execute on function public.spend_credits_batch(jsonb) to service_role;
comment on function public.spend_credits_batch(jsonb) is
  'At most 1000 spends [{user_id, amount, description, metadata, idempotency_key}] in one transaction. One row an item by its ordinal (from 1): the posted transaction, or error = insufficient_credits, idempotency_key_reused, account_not_found, account_closed. Errors of the whole call: PT400 batch_invalid, amount_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long.';
