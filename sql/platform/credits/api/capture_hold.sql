create function public.capture_hold(
  p_hold_id uuid,
  p_amount integer default null,
  p_final boolean default true,
  p_idempotency_key text default null
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.capture_hold(p_hold_id, p_amount, p_final, p_idempotency_key);
end;
grant execute on function public.capture_hold(uuid, integer, boolean, text) to service_role;
comment on function public.capture_hold(uuid, integer, boolean, text) is
  'Spends held credits and returns the transaction. Null amount: all that is left. Final releases the rest; not final keeps it held and needs a key. Errors: PT400 capture_exceeds_hold, amount_invalid, idempotency_key_missing, idempotency_key_invalid, argument_missing; PT404 hold_not_found; PT409 hold_already_captured, hold_already_released, hold_already_expired, idempotency_key_reused.';
