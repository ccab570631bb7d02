begin;
select plan(2);

select tests.ann_subscribes(false);
create function pg_temp.at(p_status text, p_at timestamptz) returns text language sql as $$
  select tests.tell(
    'customer.subscription.updated',
    tests.subscription('price_basic', now(), now() + interval '1 month', jsonb_build_object('status', p_status)), p_at
  );
$$;
select pg_temp.at('past_due', now() + interval '2 seconds');
select pg_temp.at('active', now() + interval '1 second');
select results_eq('select status from public.subscriptions', $$ values ('past_due') $$, 'however late an event comes');
select pg_temp.at('active', now() + interval '3 seconds');
select results_eq('select status from public.subscriptions', $$ values ('active') $$, 'a newer one changes it');

select * from finish();
rollback;
