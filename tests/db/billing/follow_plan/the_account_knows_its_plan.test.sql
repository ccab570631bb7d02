begin;
select plan(5);

select tests.ann_subscribes();
create function pg_temp.account() returns table (plan_credits integer, next_reset_at timestamptz) language sql as $$
  select a.plan_credits, a.next_reset_at from public.credit_accounts as a;
$$;
select results_eq(
  'select * from pg_temp.account()', $$ values (100, date_trunc('second', now() + interval '1 month')) $$,
  'its credits a period, and the period''s end'
);
select results_eq(
  'select plan_credits, next_reset_at from social.user_credits',
  $$ values (100, date_trunc('second', now() + interval '1 month')) $$, 'as the document shows them'
);
select tests.sell_plan('pro', 300);
select tests.tell('customer.subscription.created', jsonb_set(
  tests.subscription('price_pro', now(), now() + interval '2 months', p_id => 'sub_2'), '{items,data,0,quantity}', '2'
));
select results_eq(
  'select * from pg_temp.account()', $$ values (600, date_trunc('second', now() + interval '2 months')) $$,
  'of two the one that lasts longer, by its quantity'
);
select tests.tell('customer.subscription.deleted', tests.subscription(
  'price_pro', now(), now(), jsonb_build_object('status', 'canceled', 'ended_at', tests.unix(now())), 'sub_2'
));
select is((select plan_credits from pg_temp.account()), 100, 'what ended counts no more');
select tests.tell('customer.subscription.updated', tests.subscription(
  'price_basic', now(), now() + interval '1 month', '{"status": "unpaid"}'
), now() + interval '1 second');
select results_eq('select * from pg_temp.account()', $$ values (0, null::timestamptz) $$, 'nor what is not paid');

select * from finish();
rollback;
