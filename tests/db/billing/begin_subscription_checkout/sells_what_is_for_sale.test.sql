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

insert into public.prices (id, product_id, source, unit_amount, currency, type, interval, active)
values
  ('price_old', 'prod_1', 'stripe', 1000, 'usd', 'recurring', 'month', false),
  ('price_once', 'prod_1', 'stripe', 1000, 'usd', 'one_time', null, true),
  ('price_free', 'prod_1', 'stripe', 0, 'usd', 'recurring', 'month', true),
  ('price_whop', 'prod_1', 'whop', 1000, 'usd', 'recurring', 'month', true);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format($$ select public.begin_subscription_checkout(%L, 'k') $$, id), 'PT404', 'plan_not_found', name
)
from (values (null, 'no plan'), (gen_random_uuid(), 'an unknown plan')) as v (id, name);
select tests.clear_authentication();
update public.plans set is_active = false where code = 't_pro';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$ select public.begin_subscription_checkout('22222222-0000-4000-8000-000000000001', 'k') $$, 'PT404', 'plan_not_found', 'a plan that is sold no more');

create function pg_temp.try_price(p_price_id text) returns text language plpgsql as $$
begin
  perform tests.clear_authentication();
  update public.plans set price_id = p_price_id where code = 't_basic';
  perform tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
  return throws_ok(
    $q$ select public.begin_subscription_checkout('11111111-0000-4000-8000-000000000001', 'k') $q$, 'PT422', 'plan_not_for_sale', coalesce(p_price_id, 'no price')
  );
end;
$$;
select pg_temp.try_price(null);
select pg_temp.try_price('price_old');
select pg_temp.try_price('price_once');
select pg_temp.try_price('price_free');
select pg_temp.try_price('price_whop');

select * from finish();
rollback;
