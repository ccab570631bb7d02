begin;
select plan(4);

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

select is(tests.tell('charge.succeeded', tests.charge()), 'waiting', 'a charge before its payment');
select is(tests.tell('charge.failed', tests.charge(p_more => '{"id": "ch_2", "status": "failed", "payment_intent": "pi_2"}')), 'applied', 'one that failed paid nothing');
select tests.tell('checkout.session.completed', pg_temp.session('{"invoice": "in_9"}'));
select tests.retry_events();
select results_eq(
  'select reference from private.payment_references order by 1', $$ values ('ch_1'), ('cs_1'), ('in_9'), ('pi_1') $$, 'all that name it'
);
select tests.tell('invoice.paid', tests.invoice('[]', '{"customer": "cus_1", "payment_intent": "pi_1"}', 'in_9'));
select is((select count(*) from public.payments), 1::bigint, 'a checkout''s own invoice is no second payment');

select * from finish();
rollback;
