begin;
select plan(2);

insert into public.products (id, name) values ('prod_1', 'One');
insert into public.prices (id, product_id, unit_amount, currency, type) values ('price_1', 'prod_1', 999, 'usd', 'one_time');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('of nothing', '23514', 'insert into private.price_links (price_id) values (''price_1'')'),
    (
      'of both', '23514',
      'insert into private.price_links (price_id, plan_id, package_id)
       select ''price_1'', p.id, k.id from public.plans as p cross join public.credit_packages as k limit 1'
    )
) as c (what, code, statement);

select * from finish();
rollback;
