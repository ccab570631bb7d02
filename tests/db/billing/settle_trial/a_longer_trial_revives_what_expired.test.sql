begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_1');
select tests.sell_plan('basic', 100, p_trial_credits => 20);
create function pg_temp.trial(p_at timestamptz, p_end timestamptz) returns text language sql as $$
  select tests.tell('customer.subscription.updated', tests.subscription(
    'price_basic', now() - interval '9 days', p_end,
    jsonb_build_object('status', 'trialing', 'trial_start', tests.unix(now() - interval '9 days'), 'trial_end', tests.unix(p_end))
  ), p_at);
$$;
select pg_temp.trial(now() - interval '9 days', now() - interval '2 days');
select results_eq(
  'select transaction_type, amount from public.credit_transactions order by seq',
  $$ values ('trial_grant', 20), ('expiration', -20) $$, 'one that is over when it is told is booked, and over'
);
select pg_temp.trial(now() - interval '3 days', now() + interval '2 days');
select results_eq('select balance from tests.ann_credits()', $$ values (20) $$, 'but it had been made longer');
select tests.tell('customer.subscription.deleted', tests.subscription(
  'price_basic', now(), now(), jsonb_build_object(
    'status', 'canceled', 'ended_at', tests.unix(now() - interval '1 day'),
    'trial_start', tests.unix(now() - interval '9 days'), 'trial_end', tests.unix(now() + interval '2 days')
  )
));
select results_eq('select balance from tests.ann_credits()', $$ values (0) $$, 'a subscription that ended ends it');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
