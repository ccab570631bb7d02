begin;
select plan(3);

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
insert into public.products (id, name, source, deleted_at) values ('prod_gone', 'Gone', 'stripe', now());
insert into public.products (id, name, source) values ('prod_whop', 'Whop', 'whop');
insert into public.products (id, name, active) values ('prod_old', 'Old', false);
insert into public.prices (id, product_id, unit_amount, currency, type)
values ('price_old', 'prod_old', 1, 'usd', 'one_time');
select set_eq(
  $$
    select u.type, u.id
    from public.unlisted_catalogue(
      'stripe', array['prod_1', 'price_basic', 'price_pro', 'price_year']
    ) as u
  $$,
  $$ values ('product', 'prod_old'), ('price', 'price_old') $$,
  'what we sell or sold, of that seller, and that is not known to be deleted'
);
select throws_ok(
  $$ select public.unlisted_catalogue('stripe', null) $$, 'PT400', 'argument_missing', 'no list'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select public.unlisted_catalogue('stripe', '{}') $$, '42501', null, 'users are not told'
);

select * from finish();
rollback;
