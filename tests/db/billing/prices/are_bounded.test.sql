begin;
select plan(7);

insert into public.products (id, name) values ('prod_1', 'Plan');
insert into public.prices (id, product_id, currency, type, interval, unit_amount)
values ('price_1', 'prod_1', 'usd', 'recurring', 'month', 999);

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('another seller', 'update public.prices set source = ''ebay'''),
    ('less than nothing', 'update public.prices set unit_amount = -1'),
    ('a currency of two letters', 'update public.prices set currency = ''us'''),
    ('paid sometimes', 'update public.prices set type = ''sometimes'''),
    ('every moon', 'update public.prices set interval = ''moon'''),
    ('every none', 'update public.prices set interval_count = 0'),
    ('a trial that ended before', 'update public.prices set trial_period_days = -1')
) as c (what, statement);

select * from finish();
rollback;
