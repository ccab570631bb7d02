begin;
select plan(3);

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('no name', 'insert into public.email_campaigns (name) values ('''')'),
    ('a long name', 'insert into public.email_campaigns (name) values (repeat(''n'', 201))'),
    ('a large audience', 'insert into public.email_campaigns (name, target_audience) select ''x'', jsonb_agg(gen_random_uuid()) from generate_series(1, 4000)')
) as c (what, statement);

select * from finish();
rollback;
