begin;
select plan(3);

select tests.ann_subscribes(false);
select tests.sell_plan('pro', 300);
create function pg_temp.at(p_minutes integer, p_status text, p_price text default 'price_basic', p_more jsonb default '{}') returns text language sql as $$
  select tests.tell(
    'customer.subscription.updated', tests.subscription(
      p_price, now(), now() + interval '1 month', jsonb_build_object('status', p_status) || p_more
    ), date_trunc('minute', now()) + make_interval(mins => p_minutes)
  );
$$;
select pg_temp.at(40, 'canceled', 'price_pro', jsonb_build_object(
  'ended_at', tests.unix(date_trunc('minute', now()) + interval '41 minutes'), 'canceled_at', 1700000000
));
select pg_temp.at(10, 'active');
select pg_temp.at(20, 'active', 'price_pro');
select pg_temp.at(0, 'trialing');
select pg_temp.at(30, 'active', 'price_pro', '{"metadata": {"a": "b"}}');
create temporary table first as select h.* from public.subscription_history as h;
select results_eq(
  $$
    select h.status, p.code, extract(epoch from h.started_at - date_trunc('minute', now()))::integer / 60,
      extract(epoch from h.ended_at - date_trunc('minute', now()))::integer / 60, h.canceled_at
    from public.subscription_history as h join public.plans as p on p.id = h.plan_id order by h.started_at
  $$,
  $$ values
    ('trialing', 'test_basic', 0, 10, null::timestamptz), ('active', 'test_basic', 10, 20, null),
    ('active', 'test_pro', 20, 40, null), ('canceled', 'test_pro', 40, 41, to_timestamp(1700000000))
  $$,
  'in the order in which they were, however they are told'
);
select pg_temp.at(35, 'active', 'price_pro', '{"metadata": {"a": "c"}}');
select results_eq(
  'select * from public.subscription_history order by started_at', 'select * from first order by started_at',
  'rows that say the same stay the same'
);
select pg_temp.at(15, 'past_due');
select results_eq(
  'select status from public.subscription_history order by started_at',
  $$ values ('trialing'), ('active'), ('past_due'), ('active'), ('canceled') $$, 'what is told late finds its place'
);

select * from finish();
rollback;
