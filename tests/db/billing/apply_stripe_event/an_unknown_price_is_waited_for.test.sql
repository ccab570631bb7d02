begin;
select plan(9);

select tests.ann_subscribes(false);
select is(tests.tell('customer.subscription.created', tests.subscription('price_x', now(), now() + interval '1 month')), 'waiting', 'of a subscription');
select results_eq('select status, price_id, plan_id from public.subscriptions', $$ values ('active', null::text, null::uuid) $$, 'which is shown, without a plan');
select is(tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_x', 1000, now(), now() + interval '1 month'))
)), 'waiting', 'of an invoice');
select is_empty('select * from public.payments', 'which grants nothing yet');
insert into public.prices (id, product_id, unit_amount, currency, type, interval)
values ('price_x', 'prod_basic', 1000, 'usd', 'recurring', 'month');
select results_eq('select distinct s from tests.retry_events() as s', $$ values ('waiting') $$, 'a price that sells no plan is not enough');
insert into public.plans (code, name, price_id, credits_per_period) values ('x', 'X', 'price_x', 70);
select is((select count(*) from private.due_webhook_events()), 2::bigint, 'when a plan is sold at it they are due');
select results_eq('select distinct s from tests.retry_events() as s', $$ values ('applied') $$, 'and applied');
select results_eq('select balance from tests.ann_credits()', $$ values (70) $$, 'the credits come');
select results_eq('select p.code from public.subscriptions as s join public.plans as p on p.id = s.plan_id', $$ values ('x') $$, 'and the plan');

select * from finish();
rollback;
