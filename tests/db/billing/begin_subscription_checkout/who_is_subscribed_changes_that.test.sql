begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.products (id, name) values ('prod_1', 'Plans');
insert into public.prices (id, product_id, unit_amount, currency, type, interval, trial_period_days)
values
  ('price_basic', 'prod_1', 1000, 'usd', 'recurring', 'month', 14),
  ('price_pro', 'prod_1', 4000, 'usd', 'recurring', 'month', 0),
  ('price_year', 'prod_1', 30000, 'usd', 'recurring', 'year', 0);
insert into public.plans (id, code, name, price_id)
values
  ('11111111-0000-4000-8000-000000000001', 't_basic', 'T Basic', 'price_basic'),
  ('22222222-0000-4000-8000-000000000001', 't_pro', 'T Pro', 'price_pro'),
  ('33333333-0000-4000-8000-000000000001', 't_year', 'T Year', 'price_year');

insert into public.subscriptions (id, user_id, status) values ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active');
create function pg_temp.try_status(p_status text, p_source text) returns text language plpgsql as $$
begin
  perform tests.clear_authentication();
  update public.subscriptions set status = p_status, source = p_source;
  perform tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
  return throws_ok(
    $q$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') $q$, 'PT409', 'already_subscribed', p_status || ' at ' || p_source
  );
end;
$$;
select pg_temp.try_status(s, 'stripe')
from unnest(array['trialing', 'active', 'past_due', 'unpaid', 'paused']) as s;
select tests.clear_authentication();
select pg_temp.try_status('active', 'whop');
select tests.clear_authentication();
update public.subscriptions set status = 'incomplete_expired';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'a') $$, 'what never began is none');
select tests.clear_authentication();
update public.subscriptions set status = 'canceled';
update private.subscription_checkouts set held_until = null;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok($$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'b') $$, 'nor is what is over');

select * from finish();
rollback;
