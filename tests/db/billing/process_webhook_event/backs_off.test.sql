begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
create function pg_temp.event(
  p_id text, p_session jsonb default '{}', p_type text default 'checkout.session.completed'
)
returns jsonb language sql as $$
  select jsonb_build_object('id', p_id, 'type', p_type, 'data', jsonb_build_object('object', jsonb_build_object(
    'id', 'cs_1', 'mode', 'payment', 'payment_status', 'paid', 'payment_intent', 'pi_1', 'customer', 'cus_1',
    'currency', 'usd', 'amount_subtotal', 999, 'amount_total', 999,
    'metadata', jsonb_build_object('checkout_id', '22222222-0000-4000-8000-000000000001')
  ) || p_session));
$$;
select private.record_webhook_event('stripe', pg_temp.event('evt_1'));
create temporary table waits (attempt integer, wait interval);
do $$
begin
  for i in 2 .. 30 loop
    insert into pg_temp.waits
    select r.attempts, r.next_attempt_at - now() from public.webhook_events as e, private.replay_webhook_event(e.id) as r;
  end loop;
end;
$$;

select results_eq(
  'select wait from waits where attempt in (2, 3, 4) order by attempt',
  $$ values (interval '20 seconds'), (interval '40 seconds'), (interval '80 seconds') $$,
  'twice as long each time'
);
select is((select max(wait) from waits), interval '6 hours', 'up to six hours');
select is((select min(attempt) from waits where wait is null), 24, 'the last attempt is the 24th');
select results_eq(
  'select status, error from public.webhook_events',
  $$ values ('failed', 'checkout:22222222-0000-4000-8000-000000000001 is not known yet.') $$,
  'then it has failed, and says what it waited for'
);

select * from finish();
rollback;
