begin;
select plan(5);

select tests.ann_subscribes(p_rollover_cap => 30);
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 500, 'purchase');
select tests.tell('customer.subscription.updated', tests.subscription(
  'price_basic', now(), now() + interval '1 month', '{"cancel_at_period_end": true}'
), now() + interval '1 second');
select results_eq('select balance from tests.ann_credits()', $$ values (600) $$, 'not when it is only to be cancelled');
select tests.tell('customer.subscription.deleted', tests.subscription(
  'price_basic', now(), now() + interval '1 month', jsonb_build_object('status', 'canceled', 'ended_at', tests.unix(now()))
), now() + interval '2 seconds');
select results_eq('select balance from tests.ann_credits()', $$ values (500) $$, 'but when it ended: the plan''s, nothing carried over; never bought ones');
select tests.tell('refund.created', tests.refund('re_1', 1000), now() + interval '3 seconds');
select results_eq('select balance from tests.ann_credits()', $$ values (500) $$, 'the refund that follows takes nothing more');
select is((select sum(t.amount) from public.credit_transactions as t where t.transaction_type = 'refund'), -100::bigint, 'it is a refund then');
select is((select sum(t.amount) from public.credit_transactions as t where t.transaction_type = 'expiration'), 0::bigint, 'and no expiry');

select * from finish();
rollback;
