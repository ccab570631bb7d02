begin;
select plan(6);

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

select is(tests.tell('payment_intent.succeeded', pg_temp.intent()), 'applied', 'the payment intent');
select results_eq('select balance from tests.ann_credits()', $$ values (50) $$, 'grants, also without a page');
select is(tests.tell('checkout.session.completed', pg_temp.session()), 'applied', 'the session of the same payment');
select results_eq('select balance from tests.ann_credits()', $$ values (50) $$, 'grants nothing more');
select results_eq(
  'select external_id, amount, credits from public.payments', $$ values ('pi_1', 999, 50) $$, 'it is one payment'
);
select tests.tell('refund.created', tests.refund('re_1', 999) - 'payment_intent');
select results_eq('select balance from tests.ann_credits()', $$ values (0) $$, 'which its charge names too');

select * from finish();
rollback;
