begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.checkouts (id, user_id, package_id, idempotency_key, credits, unit_amount, currency)
select '22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', p.id, 'k', 50, 999, 'usd'
from public.credit_packages as p where p.code = 'starter';
create function pg_temp.intent(p_more jsonb default '{}') returns jsonb language sql as $$
  select '{
    "id": "pi_1", "object": "payment_intent", "customer": "cus_1", "status": "succeeded", "amount": 999, "amount_received": 999,
    "currency": "usd", "latest_charge": "ch_1", "metadata": {"checkout_id": "22222222-0000-4000-8000-000000000001"}
  }'::jsonb || p_more;
$$;
create function pg_temp.session(p_more jsonb default '{}') returns jsonb language sql as $$
  select '{
    "id": "cs_1", "object": "checkout.session", "mode": "payment", "payment_status": "paid", "status": "complete", "customer": "cus_1",
    "payment_intent": "pi_1", "currency": "usd", "amount_subtotal": 999, "amount_total": 999,
    "metadata": {"checkout_id": "22222222-0000-4000-8000-000000000001"}
  }'::jsonb || p_more;
$$;

select is(tests.tell('payment_intent.succeeded', pg_temp.intent('{"amount_received": 500}')), 'failed', 'another amount');
select ok((select e.error from public.webhook_events as e) like 'amount_mismatch%', 'is for an administrator');
select is(tests.tell('payment_intent.succeeded', pg_temp.intent('{"currency": "eur"}')), 'failed', 'another currency');
select is(tests.tell('payment_intent.succeeded', pg_temp.intent('{"amount_received": null}')), 'failed', 'none');
select results_eq('select balance from tests.ann_credits()', $$ values (0) $$, 'nothing is granted');
select private.attach_checkout('22222222-0000-4000-8000-000000000001', 'cs_1', 'https://pay.test/cs_1');
select results_eq('select distinct s from tests.retry_events() as s', $$ values ('applied') $$, 'behind a page there may be a discount');
select results_eq('select balance from tests.ann_credits()', $$ values (0) $$, 'the page''s session compares');
select tests.tell('checkout.session.completed', pg_temp.session('{"amount_total": 500}'));
select results_eq('select balance from tests.ann_credits()', $$ values (50) $$, 'and grants');

select * from finish();
rollback;
