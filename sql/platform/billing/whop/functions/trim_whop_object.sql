-- What is kept of an object of Whop as a version: what the readers read. Names,
-- addresses, emails, answers and evidence stay in the inbox until its payloads are
-- purged. p_event_type may say more than the object: a membership that was deactivated
-- is not valid, whatever status it has; a payment that succeeded is paid.
create function private.trim_whop_object(p_object jsonb, p_event_type text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    jsonb_object_agg(
      e.key,
      case
        when jsonb_typeof(e.value) = 'object' and e.key in (
          'user', 'plan', 'product', 'membership', 'payment'
        ) then jsonb_build_object('id', e.value -> 'id')
        else e.value
      end
    ),
    '{}'::jsonb
  )
  || case
    when p_event_type ~ '^(app_)?membership[._](deactivated|went_invalid)$' then '{"valid": false}'::jsonb
    when p_event_type ~ '^(app_)?payment[._]succeeded$' then '{"status": "paid"}'::jsonb
    else '{}'::jsonb
  end
  from jsonb_each(p_object) as e
  where e.key in (
    'id', 'status', 'valid', 'user', 'user_id', 'plan', 'plan_id', 'product', 'product_id',
    'membership', 'membership_id', 'payment', 'payment_id', 'line_items', 'metadata',
    'renewal_period_start', 'renewal_period_end', 'created_at', 'updated_at', 'expires_at',
    'canceled_at', 'cancel_at_period_end', 'currency', 'total', 'amount_charged', 'final_amount',
    'subtotal', 'billing_reason', 'paid_at', 'payments_failed', 'failure_message',
    'next_payment_attempt', 'next_payment_attempt_at', 'refunded_amount', 'amount', 'reason',
    'needs_response_by'
  );
$$;
