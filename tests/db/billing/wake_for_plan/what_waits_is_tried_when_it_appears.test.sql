begin;
select plan(4);

insert into public.products (id, name) values ('prod_1', 'One');
insert into public.prices (id, product_id, unit_amount, currency, type)
values ('price_1', 'prod_1', 999, 'usd', 'one_time'), ('price_2', 'prod_1', 999, 'usd', 'one_time');
insert into public.webhook_events (source, external_id, event_type, payload, status, waiting_for, next_attempt_at)
select 'stripe', w.key, 'test', '{}', 'waiting', w.key, now() + interval '6 hours'
from (values ('plan:gold'), ('package:bag'), ('price:price_1'), ('price:price_2')) as w (key);
create function pg_temp.due() returns setof text language sql as $$
  select e.waiting_for from public.webhook_events as e where e.next_attempt_at <= now();
$$;

insert into public.plans (code, name) values ('gold', 'Gold');
select results_eq('select pg_temp.due()', array['plan:gold'], 'a plan');
insert into public.credit_packages (code, name, credits, unit_amount) values ('bag', 'Bag', 1, 1);
select bag_eq('select pg_temp.due()', array['plan:gold', 'package:bag'], 'a package');
insert into private.price_links (price_id, package_id)
select 'price_1', p.id from public.credit_packages as p where p.code = 'bag';
select bag_eq('select pg_temp.due()', array['plan:gold', 'package:bag', 'price:price_1'], 'a price that is linked');
update public.plans set price_id = 'price_2' where code = 'gold';
select bag_eq(
  'select pg_temp.due()', array['plan:gold', 'package:bag', 'price:price_1', 'price:price_2'], 'a price that a plan is given'
);

select * from finish();
rollback;
