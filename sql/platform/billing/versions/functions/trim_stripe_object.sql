-- What is kept of an object of Stripe as a version: what the readers read, by this
-- list. Versions are kept for good, and who leaves must not stay in them: names,
-- addresses, cards, evidence and secrets are not on it, nor is what Stripe adds
-- tomorrow. A product or a price is nobody's, and kept whole.
create function private.trim_stripe_object(p_type text, p_object jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_keys text[] := case p_type
    when 'subscription' then '{
      id,deleted,customer,status,quantity,items,price,plan,created,start_date,current_period_start,
      current_period_end,trial_start,trial_end,cancel_at_period_end,cancel_at,canceled_at,ended_at,
      schedule,metadata
    }'
    when 'invoice' then '{
      id,deleted,customer,subscription,subscription_details,parent,metadata,status,billing_reason,
      amount_due,amount_paid,total,currency,number,attempt_count,next_payment_attempt,
      hosted_invoice_url,invoice_pdf,created,lines,payment_intent,charge,payments
    }'
    when 'invoice_payment' then '{id,status,invoice,payment,created}'
    when 'charge' then '{
      id,customer,invoice,payment_intent,status,amount,amount_refunded,refunds,metadata,created
    }'
    when 'refund' then '{
      id,charge,payment_intent,invoice,status,amount,currency,reason,metadata,created
    }'
    when 'dispute' then '{
      id,charge,payment_intent,status,amount,currency,reason,evidence_details,metadata,created
    }'
    when 'payment_intent' then '{
      id,customer,invoice,latest_charge,status,amount_received,currency,last_payment_error,metadata,created
    }'
    when 'checkout.session' then '{
      id,customer,mode,status,payment_status,payment_intent,invoice,subscription,amount_subtotal,
      amount_total,currency,metadata,created
    }'
    when 'customer' then '{id,deleted,invoice_settings,default_source,metadata,created}'
    when 'payment_method' then '{id,deleted,customer,metadata,created}'
  end::text[];
begin
  if p_type in ('product', 'price') then
    return p_object;
  end if;
  return (
    select coalesce(
      jsonb_object_agg(
        k.key,
        case jsonb_typeof(p_object -> k.key)
          when 'object' then private.trim_stripe_part(p_type, k.key, p_object -> k.key)
          else p_object -> k.key
        end
      ),
      '{}'::jsonb
    )
    from unnest(v_keys) as k (key)
    where p_object ? k.key and jsonb_typeof(p_object -> k.key) <> 'array'
  );
end;
$$;
