begin;
select plan(6);

select tests.ann_subscribes(false);
select tests.tell('customer.updated', '{"id": "cus_1", "invoice_settings": {"default_payment_method": "pm_1"}}', now() - interval '2 seconds');
select results_eq('select default_payment_method from public.customers', $$ values ('pm_1') $$, 'the default card');
select tests.tell('customer.updated', '{"id": "cus_1", "invoice_settings": {"default_payment_method": null}}', now() - interval '1 second');
select results_eq('select default_payment_method from public.customers', $$ values (null::text) $$, 'or none');
select tests.tell('customer.deleted', '{"id": "cus_1", "deleted": true}');
select results_eq('select stripe_customer_id from public.customers', $$ values (null::text) $$, 'a deleted customer is charged no more');
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
select results_eq('select stripe_customer_id from public.customers', $$ values (null::text) $$, 'also when an older event names it');
select is(private.billing_user('stripe', 'cus_1'), 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'what it paid stays the user''s');
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_2');
select results_eq('select stripe_customer_id from public.customers', $$ values ('cus_2') $$, 'a new one takes its place');

select * from finish();
rollback;
