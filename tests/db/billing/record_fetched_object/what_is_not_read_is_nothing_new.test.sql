begin;
select plan(4);

select tests.ann_subscribes(false);
select tests.tell('customer.updated', '{"id": "cus_1", "object": "customer", "email": "a@example.com", "invoice_settings": {"default_payment_method": "pm_1"}}', now() - interval '1 hour');
select is(private.record_fetched_object('stripe', '{"id": "cus_1", "object": "customer", "email": "b@example.com", "invoice_settings": {"default_payment_method": "pm_1"}}'), 'unchanged', 'another address');
select is(private.record_fetched_object('stripe', '{"id": "cus_1", "object": "customer", "email": "b@example.com", "invoice_settings": {"default_payment_method": "pm_2"}}'), 'applied', 'another card');
select tests.tell('product.created', '{"id": "prod_1", "object": "product", "name": "A", "active": true, "updated": 1}', now() - interval '1 hour');
select is(private.record_fetched_object('stripe', '{"id": "prod_1", "object": "product", "name": "A", "active": true, "updated": 2}'), 'unchanged', 'another time');
select is(private.record_fetched_object('stripe', '{"id": "prod_1", "object": "product", "deleted": true}'), 'applied', 'its end');

select * from finish();
rollback;
