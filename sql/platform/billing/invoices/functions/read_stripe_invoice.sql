-- An invoice of Stripe, before and since 2025-03-31: its subscription, its lines'
-- price and proration, and what paid it moved under parent, pricing and payments.
create function private.read_stripe_invoice(p_object jsonb)
returns private.invoice_facts
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_facts private.invoice_facts;
begin
  v_facts.id := p_object ->> 'id';
  v_facts.customer_id := private.stripe_customer_of('invoice', null, p_object);
  v_facts.subscription_id := coalesce(
    p_object #>> '{subscription,id}', p_object ->> 'subscription',
    p_object #>> '{parent,subscription_details,subscription,id}',
    p_object #>> '{parent,subscription_details,subscription}'
  );
  v_facts.metadata := private.stripe_metadata(p_object);
  v_facts.status := p_object ->> 'status';
  v_facts.billing_reason := p_object ->> 'billing_reason';
  v_facts.amount_due := coalesce((p_object ->> 'amount_due')::integer, 0);
  v_facts.amount_paid := coalesce((p_object ->> 'amount_paid')::integer, 0);
  v_facts.total := coalesce((p_object ->> 'total')::integer, 0);
  v_facts.currency := p_object ->> 'currency';
  v_facts.number := p_object ->> 'number';
  v_facts.attempt_count := coalesce((p_object ->> 'attempt_count')::integer, 0);
  v_facts.next_payment_attempt := private.unix_time(p_object ->> 'next_payment_attempt');
  v_facts.hosted_url := p_object ->> 'hosted_invoice_url';
  v_facts.pdf := p_object ->> 'invoice_pdf';
  v_facts.created := private.unix_time(p_object ->> 'created');
  v_facts.has_more_lines := coalesce((p_object #>> '{lines,has_more}')::boolean, false);
  v_facts.lines := array(
    select
      row(
        private.stripe_price_of(l.value),
        coalesce((l.value ->> 'quantity')::numeric, 1)::integer,
        coalesce((l.value ->> 'amount')::bigint, 0),
        coalesce((l.value ->> 'proration')::boolean, false)
          or coalesce((l.value #>> '{parent,subscription_item_details,proration}')::boolean, false)
          or coalesce((l.value #>> '{parent,invoice_item_details,proration}')::boolean, false),
        private.unix_time(l.value #>> '{period,start}'),
        private.unix_time(l.value #>> '{period,end}')
      )::private.invoice_line
    from jsonb_array_elements(coalesce(nullif(p_object #> '{lines,data}', 'null'), '[]')) with ordinality as l
    order by l.ordinality
  );
  v_facts.payment_references := array_remove(
    array[
      coalesce(p_object #>> '{payment_intent,id}', p_object ->> 'payment_intent'),
      coalesce(p_object #>> '{charge,id}', p_object ->> 'charge')
    ] || array(
      select r.reference
      from jsonb_array_elements(coalesce(nullif(p_object #> '{payments,data}', 'null'), '[]')) as p
      cross join lateral unnest(private.stripe_references('invoice_payment', p.value)) as r (reference)
      where p.value ->> 'status' = 'paid' and r.reference like any (array['pi\_%', 'ch\_%', 'py\_%'])
    ),
    null
  );
  return v_facts;
end;
$$;
