begin;
select plan(2);

update public.credit_packages set stripe_price_id = 'price_1' where code = 'starter';

select throws_ok(c.statement, '23505', null, c.what)
from (
  values
    ('a code', 'insert into public.credit_packages (code, name, credits, unit_amount) values (''starter'', ''Another'', 1, 1)'),
    ('a price of Stripe', 'update public.credit_packages set stripe_price_id = ''price_1'' where code = ''pro''')
) as c (what, statement);

select * from finish();
rollback;
