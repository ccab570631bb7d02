begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.invoices (user_id, external_id, currency)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'in_1', 'usd'), ('aaaaaaaa-0000-4000-8000-000000000001', 'in_2', 'usd');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a status of our own', '23514', 'update public.invoices set status = ''lost'''),
    ('a second time', '23505', 'update public.invoices set external_id = ''in_1''')
) as c (what, code, statement);

select * from finish();
rollback;
