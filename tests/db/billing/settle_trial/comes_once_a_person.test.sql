begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
select tests.sell_plan('basic', 100, p_trial_credits => 20);
create function pg_temp.trial(p_id text, p_status text, p_at timestamptz, p_end timestamptz default now() + interval '7 days') returns text language sql as $$
  select tests.tell('customer.subscription.updated', tests.subscription(
    'price_basic', now(), now() + interval '7 days',
    jsonb_build_object('status', p_status, 'trial_start', tests.unix(now()), 'trial_end', tests.unix(p_end)), p_id
  ), p_at);
$$;
select pg_temp.trial('sub_1', 'incomplete', now() - interval '1 second');
select results_eq('select balance from tests.ann_credits()', $$ values (0) $$, 'not before the trial began');
select pg_temp.trial('sub_1', 'trialing', now());
select results_eq(
  'select transaction_type, amount, cause_type, cause_id from public.credit_transactions',
  $$ values ('trial_grant', 20, 'stripe_subscription', 'sub_1') $$, 'the plan''s trial credits'
);
select results_eq('select expires_at from public.credit_lots', $$ values (date_trunc('second', now()) + interval '7 days') $$, 'they end with the trial');
select tests.tell('invoice.paid', tests.invoice(
  jsonb_build_array(tests.line('price_basic', 0, now(), now() + interval '7 days'))
));
select results_eq('select balance from tests.ann_credits()', $$ values (20) $$, 'the trial''s invoice of nothing grants nothing');
select pg_temp.trial('sub_1', 'active', now() + interval '1 second', now() + interval '3 days');
select results_eq('select expires_at from public.credit_lots', $$ values (date_trunc('second', now()) + interval '3 days') $$, 'wherever its end is moved');
select pg_temp.trial('sub_2', 'trialing', now() + interval '2 seconds');
select results_eq('select balance from tests.ann_credits()', $$ values (20) $$, 'a second trial gives none');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
