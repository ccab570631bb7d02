begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.checkouts (id, user_id, package_id, idempotency_key, external_id, credits, unit_amount, currency)
select c.id, 'aaaaaaaa-0000-4000-8000-000000000001', p.id, c.external_id, c.external_id, 100, 999, 'usd'
from public.credit_packages as p
cross join (
  values ('11111111-0000-4000-8000-000000000001'::uuid, 'cs_1'), ('22222222-0000-4000-8000-000000000002', 'cs_2')
) as c (id, external_id)
where p.code = 'starter';

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a status of our own', '23514', 'update public.checkouts set status = ''lost'''),
    ('one session for two', '23505', 'update public.checkouts set external_id = ''cs_1''')
) as c (what, code, statement);

select * from finish();
rollback;
