begin;
select plan(11);

select tests.ann_subscribes(false);
select tests.sell_plan('year', 50, 12000, 'year', 'month');
create function pg_temp.second(p_months integer) returns timestamptz language sql as $$
  select private.shift_time(date_trunc('second', now()) + interval '1 year', 'month', p_months - 12);
$$;
select tests.tell('customer.subscription.created', tests.subscription('price_year', now(), now() + interval '1 year'));
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_year', 12000, now(), now() + interval '1 year'))
));
select results_eq('select balance from tests.ann_credits()', $$ values (50) $$, 'the first month at once');
select results_eq(
  $$ select count(*), sum(g.credits), min(g.due_at), max(g.expires_at) from private.payment_grants as g $$,
  $$ values (12::bigint, 600::bigint, date_trunc('second', now()), date_trunc('second', now()) + interval '1 year') $$,
  'twelve months in all'
);
select results_eq(
  'select a.plan_credits, a.next_reset_at from public.credit_accounts as a', $$ values (50, pg_temp.second(1)) $$,
  'the next one is announced'
);
select is_empty('select private.due_payment_grants()', 'nothing more is due');
select results_eq(
  $$ select private.due_payment_grants(pg_temp.second(2)) $$, $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid) $$,
  'two months later something is'
);
select private.post_due_grants('aaaaaaaa-0000-4000-8000-000000000001', pg_temp.second(2));
select private.post_due_grants('aaaaaaaa-0000-4000-8000-000000000001', pg_temp.second(2));
select results_eq(
  $$ select sum(t.amount) filter (where t.transaction_type = 'monthly_reset'), sum(t.amount) from public.credit_transactions as t $$,
  $$ values (150::bigint, 50::bigint) $$, 'each month is granted once, and each ends with itself'
);
select is((select a.next_reset_at from public.credit_accounts as a), pg_temp.second(3), 'and the next is announced');
select tests.tell('customer.subscription.deleted', tests.subscription(
  'price_year', now(), now() + interval '1 year', jsonb_build_object('status', 'canceled', 'ended_at', tests.unix(now()))
), p_now => pg_temp.second(2));
select private.post_due_grants('aaaaaaaa-0000-4000-8000-000000000001', pg_temp.second(11));
select results_eq(
  $$ select count(*) filter (where g.lot_seq is not null), count(*) filter (where g.is_cancelled) from private.payment_grants as g $$,
  $$ values (3::bigint, 12::bigint) $$, 'what ended grants no further month'
);
select results_eq('select balance from tests.ann_credits()', $$ values (0) $$, 'and months granted since are undone');
select is((select sum(t.amount) from public.credit_transactions as t where t.transaction_type = 'expiration'), 0::bigint, 'as if they had not been');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
