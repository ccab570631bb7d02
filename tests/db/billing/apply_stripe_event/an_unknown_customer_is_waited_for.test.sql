begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.sell_plan('basic', 100);
select is(tests.tell('customer.subscription.created', tests.subscription('price_basic', now(), now() + interval '1 month')), 'waiting', 'its subscription');
select is(tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 1000, now(), now() + interval '1 month'))
)), 'waiting', 'its invoice');
select is(tests.tell('customer.created', '{"id": "cus_1"}'), 'waiting', 'itself, while it names nobody');
select results_eq('select distinct waiting_for from public.webhook_events', $$ values ('customer:cus_1') $$, 'they say for whom');
select is_empty('select * from public.subscriptions', 'nothing is made up');
select is((select count(*) from private.billing_versions), 3::bigint, 'what they say is kept');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
select is((select count(*) from private.due_webhook_events()), 3::bigint, 'when the customer is known they are due at once');
select results_eq('select distinct s from tests.retry_events() as s', $$ values ('applied') $$, 'and are applied');
select results_eq('select balance from tests.ann_credits()', $$ values (100) $$, 'with all that follows');

select * from finish();
rollback;
