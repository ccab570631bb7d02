begin;
select plan(5);

insert into public.plans (code, name, unit_amount) values ('gold', 'Gold', 1);
select tests.tell('product.created', '{"id": "prod_1", "name": "Gold", "metadata": {"plan_code": "gold"}}');
create function pg_temp.price(p_id text, p_amount integer, p_more jsonb default '{}', p_at timestamptz default now()) returns text language sql as $$
  select tests.tell('price.created', jsonb_build_object(
    'id', p_id, 'product', 'prod_1', 'currency', 'eur', 'type', 'recurring', 'active', true, 'unit_amount', p_amount,
    'created', 1700000000 + p_amount, 'recurring', '{"interval": "month"}'::jsonb
  ) || p_more, p_at);
$$;
select pg_temp.price('price_new', 2000);
select pg_temp.price('price_old', 1500);
select results_eq(
  $$ select price_id, unit_amount, currency from public.plans where code = 'gold' $$, $$ values ('price_new', 2000, 'eur') $$,
  'whichever was told last; and costs what it does there'
);
select is((private.plan_of_price('price_old')).code, 'gold', 'who subscribed at the old one keeps the plan');
select pg_temp.price('price_new', 2000, '{"active": false}', now() + interval '1 second');
select results_eq(
  $$ select price_id, unit_amount from public.plans where code = 'gold' $$, $$ values ('price_old', 1500) $$,
  'a price that is sold no more gives way'
);
select pg_temp.price('price_old', 1500, '{"metadata": {"plan_code": "pro"}}', now() + interval '1 second');
select results_eq(
  $$ select code, price_id from public.plans where code in ('gold', 'pro') order by code $$,
  $$ values ('gold', 'price_new'), ('pro', 'price_old') $$, 'a price''s own word counts before its product''s'
);
select pg_temp.price('price_year', 12000, '{"recurring": {"interval": "year"}, "metadata": {"plan_code": "basic"}}');
select is((select p.unit_amount from public.plans as p where p.code = 'basic'), 1000, 'a plan''s amount is a month''s');

select * from finish();
rollback;
