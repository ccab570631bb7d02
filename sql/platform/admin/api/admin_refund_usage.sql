create function public.admin_refund_usage(
  p_transaction_id uuid,
  p_user_id uuid,
  p_amount integer default null,
  p_reason text default null
)
returns public.credit_transactions
language sql
security invoker
set search_path = ''
begin atomic
  select private.admin_refund_usage(p_transaction_id, p_user_id, p_amount, p_reason);
end;
grant execute on function public.admin_refund_usage(uuid, uuid, integer, text) to authenticated;
comment on function public.admin_refund_usage(uuid, uuid, integer, text) is
  'An admin gives back what a usage cost (null: all), once, and returns the transaction. Errors: PT403 admin_only; PT400 amount_invalid, argument_missing, argument_too_long; PT404 transaction_not_found; PT409 idempotency_key_reused.';
