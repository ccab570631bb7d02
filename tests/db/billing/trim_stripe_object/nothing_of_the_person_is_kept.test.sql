begin;
select plan(3);

select tests.ann_subscribes(false);
select tests.tell('customer.updated', '{
  "id": "cus_1", "email": "ann@example.com", "name": "Ann Example", "phone": "+15550100", "address": {"line1": "Long Road 1"},
  "shipping": {"name": "Ann Example"}, "invoice_settings": {"default_payment_method": "pm_1"}
}', now(), '{"email": "ann.old@example.com"}');
select tests.tell('payment_method.attached', '{
  "id": "pm_1", "customer": "cus_1", "type": "card", "card": {"last4": "4242"}, "billing_details": {"name": "Ann Example"}
}');
select tests.tell('invoice.paid', tests.invoice('[]', '{
  "customer_email": "ann@example.com", "customer_name": "Ann Example", "customer_address": {"line1": "Long Road 1"}
}'));
select tests.tell('charge.succeeded', tests.charge(p_more => '{
  "billing_details": {"email": "ann@example.com"}, "receipt_email": "ann@example.com",
  "payment_method_details": {"card": {"last4": "4242"}}
}'));
select tests.tell('payment_intent.succeeded', '{"id": "pi_1", "customer": "cus_1", "client_secret": "pi_1_secret_4242"}');
select tests.tell('charge.dispute.created', tests.dispute('needs_response') || '{"evidence": {"customer_name": "Ann Example"}}');
select is(
  (select count(*) from private.billing_versions), 6::bigint, 'versions are kept for good'
);
select is_empty(
  $$
    select v.object, v.previous from private.billing_versions as v
    where concat(v.object, v.previous) ~* 'ann|4242|long road|5550100'
  $$, 'without what they say of the person'
);
select results_eq('select default_payment_method from public.customers', $$ values ('pm_1') $$, 'and with all that is read');

select * from finish();
rollback;
