create function editor.add_user_credits(
  p_user_id uuid,
  p_amount integer,
  p_transaction_type text,
  p_description text default null,
  p_metadata jsonb default null
)
returns integer
language sql
security invoker
set search_path = ''
begin atomic
  select private.editor_add_user_credits(p_user_id, p_amount, p_transaction_type, p_description, p_metadata);
end;
grant execute on function editor.add_user_credits(uuid, integer, text, text, jsonb)
  to authenticated, service_role;
comment on function editor.add_user_credits(uuid, integer, text, text, jsonb) is
  'Adds p_amount whole credits (1 to 1e9) and returns what the user can spend then. Types: purchase, refund, bonus. p_metadata may name stripe_payment_intent_id (a purchase of one payment is booked once), subscription_plan_id, pay_as_you_go_package_id and idempotency_key. For the service and for admins, whose calls are written to admin_logs. Errors: PT403 admin_only; PT400 amount_invalid, transaction_type_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT404 account_not_found; PT409 idempotency_key_reused.';
