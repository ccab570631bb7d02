begin;
select plan(3);

select tests.ann_subscribes(false);
create function pg_temp.common() returns jsonb language sql as $$
  select '{
    "id": "in_1", "object": "invoice", "customer": "cus_1", "status": "open", "billing_reason": "subscription_cycle",
    "amount_due": 1000, "amount_paid": 0, "total": 1100, "currency": "usd", "number": "A-1", "attempt_count": 2,
    "next_payment_attempt": 1700009000, "hosted_invoice_url": "https://i.test/1", "invoice_pdf": "https://i.test/1.pdf",
    "created": 1700000000
  }'::jsonb;
$$;
create function pg_temp.row() returns jsonb language sql as $$
  select to_jsonb(i) - '{id,updated_at}'::text[] from public.invoices as i;
$$;
select tests.tell('invoice.finalized', pg_temp.common() || '{
  "subscription": "sub_1",
  "lines": {"data": [{"amount": 1000, "period": {"start": 1700000000, "end": 1702592000}, "price": {"id": "price_basic"}}]}
}', now());
create temporary table old as select pg_temp.row() as row;
select is((select row from old), '{
  "source": "stripe", "external_id": "in_1", "user_id": "aaaaaaaa-0000-4000-8000-000000000001", "subscription_id": "sub_1",
  "status": "open", "billing_reason": "subscription_cycle", "amount_due": 1000, "amount_paid": 0, "total": 1100,
  "currency": "usd", "invoice_number": "A-1", "attempt_count": 2, "hosted_invoice_url": "https://i.test/1",
  "invoice_pdf": "https://i.test/1.pdf"
}'::jsonb || jsonb_build_object(
  'period_start', to_timestamp(1700000000), 'period_end', to_timestamp(1702592000),
  'next_payment_attempt', to_timestamp(1700009000), 'created_at', to_timestamp(1700000000)
), 'before 2025-03-31');
delete from public.invoices;
select tests.tell('invoice.updated', pg_temp.common() || '{
  "parent": {"subscription_details": {"subscription": "sub_1"}},
  "lines": {"data": [{"amount": 1000, "period": {"start": 1700000000, "end": 1702592000},
    "pricing": {"price_details": {"price": "price_basic"}}}]}
}', now() + interval '1 second');
select is(pg_temp.row(), (select row from old), 'and since');
select tests.tell('invoice.deleted', pg_temp.common() || '{"status": "draft", "deleted": true}', now() + interval '2 seconds');
select is_empty('select * from public.invoices', 'a deleted draft was never one');

select * from finish();
rollback;
