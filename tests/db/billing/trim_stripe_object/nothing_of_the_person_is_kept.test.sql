begin;
select plan(5);

select tests.ann_subscribes(false);
-- Everything that Stripe may say of a person, in an object of each kind.
create function pg_temp.person() returns jsonb language sql as $$
  select '{
    "name": "Ann Smith", "email": "ann@mail.example", "phone": "+15550100", "description": "for Ann Smith",
    "address": {"line1": "Long Road 1"}, "shipping": {"name": "Ann Smith", "address": {"line1": "Long Road 1"}},
    "customer_email": "ann@mail.example", "customer_name": "Ann Smith", "customer_phone": "+15550100",
    "customer_address": {"line1": "Long Road 1"}, "customer_details": {"email": "ann@mail.example"},
    "billing_details": {"name": "Ann Smith", "email": "ann@mail.example"}, "receipt_email": "ann@mail.example",
    "payment_method_details": {"card": {"last4": "4242", "fingerprint": "fpr_ann"}}, "client_secret": "a_secret_4242",
    "card": {"last4": "4242", "fingerprint": "fpr_ann"}, "evidence": {"customer_name": "Ann Smith"},
    "cancellation_details": {"comment": "Ann Smith is unhappy"}, "last_payment_error": {"code": "card_declined",
      "decline_code": "lost_card", "payment_method": {"billing_details": {"name": "Ann Smith"}}},
    "custom_fields": [{"text": {"value": "Ann Smith"}}], "a_field_of_tomorrow": "Ann Smith"
  }'::jsonb;
$$;
create function pg_temp.tell(p_type text, p_object jsonb) returns text language sql as $$
  select tests.tell(p_type, p_object || pg_temp.person(), now(), '{"email": "ann.old@mail.example", "address": {"line1": "Long Road 1"}}');
$$;
-- Expanded: the customer whole where its id would be.
create function pg_temp.customer() returns jsonb language sql as $$
  select jsonb_build_object('customer', pg_temp.person() || '{"id": "cus_1"}');
$$;
select pg_temp.tell('customer.updated', '{
  "id": "cus_1", "metadata": {"shoe_size_of": "Ann Smith"},
  "invoice_settings": {"default_payment_method": "pm_1", "custom_fields": [{"name": "To", "value": "Ann Smith"}], "footer": "Dear Ann Smith"}
}');
select pg_temp.tell('payment_method.attached', pg_temp.customer() || '{"id": "pm_1", "created": 1700000000}');
select pg_temp.tell('customer.subscription.created', tests.subscription('price_basic', now(), now() + interval '1 month') || pg_temp.customer());
select pg_temp.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month') || '{"description": "Basic for Ann Smith"}')
) || pg_temp.customer());
select pg_temp.tell('invoice_payment.paid', '{
  "id": "inpay_1", "invoice": "in_1", "status": "paid", "payment": {"type": "payment_intent", "payment_intent": "pi_1"}
}');
select pg_temp.tell('charge.succeeded', tests.charge(p_more => pg_temp.customer() || jsonb_build_object(
  'refunds', jsonb_build_object('data', jsonb_build_array(tests.refund('re_1', 100) || pg_temp.person()))
)));
select pg_temp.tell('refund.updated', tests.refund('re_2', 100));
select pg_temp.tell('charge.dispute.created', tests.dispute('warning_needs_response') || '{"evidence_details": {"due_by": 1700000000}}');
select pg_temp.tell('payment_intent.payment_failed', pg_temp.customer() || '{"id": "pi_2", "status": "requires_payment_method"}');
select pg_temp.tell('checkout.session.completed', pg_temp.customer() || '{"id": "cs_1", "mode": "subscription"}');

select set_eq(
  'select distinct type from private.billing_versions',
  array[
    'customer', 'payment_method', 'subscription', 'invoice', 'invoice_payment', 'charge', 'refund', 'dispute',
    'payment_intent', 'checkout.session'
  ], 'versions of every kind are kept for good'
);
select is_empty(
  $$
    select v.type, v.object, v.previous from private.billing_versions as v
    where concat(v.object, v.previous) ~* 'ann|smith|mail\.example|4242|long road|5550100'
  $$, 'without what they say of the person'
);
select is_empty($$ select status, error from public.webhook_events where status <> 'applied' $$, 'all of them did what they do');
select results_eq('select default_payment_method from public.customers', $$ values ('pm_1') $$, 'from the customer');
select results_eq('select balance from tests.ann_credits()', $$ values (80) $$, 'to the refunds');

select * from finish();
rollback;
