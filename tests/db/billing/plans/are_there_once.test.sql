-- Of two plans of one price nobody would know which a subscription is on.
begin;
select plan(3);

insert into public.products (id, name) values ('prod_1', 'Plan');
insert into public.prices (id, product_id, currency, type) values ('price_1', 'prod_1', 'usd', 'recurring');
update public.plans set price_id = 'price_1' where code = 'basic';

select throws_ok(c.statement, '23505', null, c.what)
from (
  values
    ('a code', 'insert into public.plans (code, name) values (''free'', ''Another'')'),
    ('a name', 'insert into public.plans (code, name) values (''another'', ''Free'')'),
    ('a price', 'update public.plans set price_id = ''price_1'' where code = ''pro''')
) as c (what, statement);

select * from finish();
rollback;
