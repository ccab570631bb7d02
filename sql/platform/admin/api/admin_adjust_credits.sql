create function public.admin_adjust_credits(
  p_user_id uuid,
  p_amount integer,
  p_reason text,
  p_idempotency_key text
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_adjust_credits(p_user_id, p_amount, p_reason, p_idempotency_key);
end;
grant execute on function public.admin_adjust_credits(uuid, integer, text, text) to authenticated;
comment on function public.admin_adjust_credits(uuid, integer, text, text) is
  'An admin gives (positive) or takes (negative) whole credits and returns the transaction; it is written to admin_logs. Errors: PT403 admin_only; PT400 amount_invalid, argument_missing, argument_too_long; PT404 account_not_found; PT409 idempotency_key_reused.';
