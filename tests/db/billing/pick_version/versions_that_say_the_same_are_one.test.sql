begin;
select plan(2);

select tests.ann_subscribes(false);
-- Stripe tells one state as two events; they have no order.
select tests.tell('invoice.payment_failed', tests.invoice('[]', '{"status": "open", "attempt_count": 1}'), now(), p_id => 'evt_a');
select tests.tell(
  'invoice.updated', tests.invoice('[]', '{"status": "open", "attempt_count": 1, "webhooks_delivered_at": 5}'), now(),
  '{"attempt_count": 0}', 'evt_b'
);
select tests.tell('invoice.finalized', tests.invoice('[]', '{"status": "open", "attempt_count": 0}'), now(), p_id => 'evt_c');
select results_eq('select attempt_count from public.invoices', $$ values (1) $$, 'the one before is before both');
select is_empty('select * from private.stale_billing_objects()', 'nothing is to be fetched');

select * from finish();
rollback;
