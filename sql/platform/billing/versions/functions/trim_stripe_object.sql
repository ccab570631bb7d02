-- What is kept of an object of Stripe as a version: what the readers read, by this
-- list. Versions are kept for good, and who leaves must not stay in them: names,
-- addresses, cards, evidence and secrets are not on it, nor is what Stripe adds
-- tomorrow. What Stripe expanded is its id; of metadata what our functions write there,
-- but for a subscription's, which is mirrored. A product or a price is nobody's.
create function private.trim_stripe_object(p_type text, p_object jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case p_type
    when 'subscription' then jsonb_build_object(
      'id', p_object -> 'id',
      'customer', coalesce(p_object #> '{customer,id}', p_object -> 'customer'),
      'status', p_object -> 'status',
      'quantity', p_object -> 'quantity',
      'items', private.trim_stripe_list('items', p_object -> 'items'),
      'price', private.stripe_price_of(p_object),
      'created', p_object -> 'created',
      'start_date', p_object -> 'start_date',
      'current_period_start', p_object -> 'current_period_start',
      'current_period_end', p_object -> 'current_period_end',
      'trial_start', p_object -> 'trial_start',
      'trial_end', p_object -> 'trial_end',
      'cancel_at_period_end', p_object -> 'cancel_at_period_end',
      'cancel_at', p_object -> 'cancel_at',
      'canceled_at', p_object -> 'canceled_at',
      'ended_at', p_object -> 'ended_at',
      'schedule', coalesce(p_object #> '{schedule,id}', p_object -> 'schedule'),
      'metadata', p_object -> 'metadata'
    )
    when 'invoice' then jsonb_build_object(
      'id', p_object -> 'id',
      'customer', coalesce(p_object #> '{customer,id}', p_object -> 'customer'),
      'subscription', coalesce(
        p_object #> '{subscription,id}', nullif(p_object -> 'subscription', 'null'),
        p_object #> '{parent,subscription_details,subscription,id}',
        p_object #> '{parent,subscription_details,subscription}'
      ),
      'metadata', private.trim_stripe_metadata(private.stripe_metadata(p_object)),
      'status', p_object -> 'status',
      'billing_reason', p_object -> 'billing_reason',
      'amount_due', p_object -> 'amount_due',
      'amount_paid', p_object -> 'amount_paid',
      'total', p_object -> 'total',
      'currency', p_object -> 'currency',
      'number', p_object -> 'number',
      'attempt_count', p_object -> 'attempt_count',
      'next_payment_attempt', p_object -> 'next_payment_attempt',
      'hosted_invoice_url', p_object -> 'hosted_invoice_url',
      'invoice_pdf', p_object -> 'invoice_pdf',
      'created', p_object -> 'created',
      'lines', private.trim_stripe_list('lines', p_object -> 'lines'),
      'payment_intent', coalesce(p_object #> '{payment_intent,id}', p_object -> 'payment_intent'),
      'charge', coalesce(p_object #> '{charge,id}', p_object -> 'charge'),
      'payments', private.trim_stripe_list('payments', p_object -> 'payments')
    )
    when 'invoice_payment' then jsonb_build_object(
      'id', p_object -> 'id',
      'status', p_object -> 'status',
      'invoice', coalesce(p_object #> '{invoice,id}', p_object -> 'invoice'),
      'payment', jsonb_build_object(
        'payment_intent', coalesce(p_object #> '{payment,payment_intent,id}', p_object #> '{payment,payment_intent}'),
        'charge', coalesce(p_object #> '{payment,charge,id}', p_object #> '{payment,charge}')
      )
    )
    when 'charge' then jsonb_build_object(
      'id', p_object -> 'id',
      'customer', coalesce(p_object #> '{customer,id}', p_object -> 'customer'),
      'invoice', coalesce(p_object #> '{invoice,id}', p_object -> 'invoice'),
      'payment_intent', coalesce(p_object #> '{payment_intent,id}', p_object -> 'payment_intent'),
      'status', p_object -> 'status',
      'amount', p_object -> 'amount',
      'amount_refunded', p_object -> 'amount_refunded',
      'refunds', private.trim_stripe_list('refunds', p_object -> 'refunds'),
      'metadata', private.trim_stripe_metadata(p_object -> 'metadata')
    )
    when 'refund' then jsonb_build_object(
      'id', p_object -> 'id',
      'charge', coalesce(p_object #> '{charge,id}', p_object -> 'charge'),
      'payment_intent', coalesce(p_object #> '{payment_intent,id}', p_object -> 'payment_intent'),
      'status', p_object -> 'status',
      'amount', p_object -> 'amount',
      'currency', p_object -> 'currency',
      'reason', p_object -> 'reason',
      'created', p_object -> 'created'
    )
    when 'dispute' then jsonb_build_object(
      'id', p_object -> 'id',
      'charge', coalesce(p_object #> '{charge,id}', p_object -> 'charge'),
      'payment_intent', coalesce(p_object #> '{payment_intent,id}', p_object -> 'payment_intent'),
      'status', p_object -> 'status',
      'amount', p_object -> 'amount',
      'currency', p_object -> 'currency',
      'reason', p_object -> 'reason',
      'evidence_details', jsonb_build_object('due_by', p_object #> '{evidence_details,due_by}'),
      'created', p_object -> 'created'
    )
    when 'payment_intent' then jsonb_build_object(
      'id', p_object -> 'id',
      'customer', coalesce(p_object #> '{customer,id}', p_object -> 'customer'),
      'invoice', coalesce(p_object #> '{invoice,id}', p_object -> 'invoice'),
      'latest_charge', coalesce(p_object #> '{latest_charge,id}', p_object -> 'latest_charge'),
      'status', p_object -> 'status',
      'amount_received', p_object -> 'amount_received',
      'currency', p_object -> 'currency',
      'last_payment_error', jsonb_build_object(
        'code', p_object #> '{last_payment_error,code}',
        'decline_code', p_object #> '{last_payment_error,decline_code}'
      ),
      'metadata', private.trim_stripe_metadata(p_object -> 'metadata')
    )
    when 'checkout.session' then jsonb_build_object(
      'id', p_object -> 'id',
      'customer', coalesce(p_object #> '{customer,id}', p_object -> 'customer'),
      'mode', p_object -> 'mode',
      'status', p_object -> 'status',
      'payment_status', p_object -> 'payment_status',
      'payment_intent', coalesce(p_object #> '{payment_intent,id}', p_object -> 'payment_intent'),
      'invoice', coalesce(p_object #> '{invoice,id}', p_object -> 'invoice'),
      'amount_subtotal', p_object -> 'amount_subtotal',
      'amount_total', p_object -> 'amount_total',
      'currency', p_object -> 'currency',
      'metadata', private.trim_stripe_metadata(p_object -> 'metadata')
    )
    when 'customer' then jsonb_build_object(
      'id', p_object -> 'id',
      'invoice_settings', jsonb_build_object('default_payment_method', coalesce(
        p_object #> '{invoice_settings,default_payment_method,id}',
        p_object #> '{invoice_settings,default_payment_method}'
      )),
      'default_source', coalesce(p_object #> '{default_source,id}', p_object -> 'default_source'),
      'metadata', private.trim_stripe_metadata(p_object -> 'metadata'),
      'deleted', p_object -> 'deleted'
    )
    when 'payment_method' then jsonb_build_object(
      'id', p_object -> 'id',
      'customer', coalesce(p_object #> '{customer,id}', p_object -> 'customer'),
      'created', p_object -> 'created'
    )
    when 'product' then p_object
    when 'price' then p_object
  end;
end;
$$;
