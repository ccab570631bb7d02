begin;
select plan(1);

insert into public.products (id, name) values ('prod_1', 'Plan');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('another seller', 'update public.products set source = ''ebay''')
) as c (what, statement);

select * from finish();
rollback;
