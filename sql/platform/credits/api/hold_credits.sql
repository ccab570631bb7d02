create function public.hold_credits(
  p_user_id uuid,
  p_amount integer,
  p_description text default null,
  p_metadata jsonb default null,
  p_idempotency_key text default null,
  p_expires_in interval default '1 hour'
)
returns public.credit_holds
language sql
security invoker
set search_path = ''
begin atomic
  -- Only the request gate makes holds without a deadline: their jobs end them.
  select private.hold_credits(
    p_user_id, p_amount, p_description, p_metadata, p_idempotency_key,
    coalesce(p_expires_in, interval '1 hour')
  );
end;
grant execute on function public.hold_credits(uuid, integer, text, jsonb, text, interval) to service_role;
comment on function public.hold_credits(uuid, integer, text, jsonb, text, interval) is
  'Sets p_amount whole credits aside until they are captured, released, or p_expires_in (at most 365 days) has passed, and returns the hold. Errors: PT402 insufficient_credits; PT400 amount_invalid, deadline_invalid, idempotency_key_invalid, metadata_invalid, argument_missing, argument_too_long; PT403 account_closed; PT404 account_not_found; PT409 idempotency_key_reused.';
