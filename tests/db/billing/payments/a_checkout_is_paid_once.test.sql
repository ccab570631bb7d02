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
insert into public.payments (source, external_id, user_id, checkout_id, amount, currency, credits)
values ('stripe', 'pi_1', 'aaaaaaaa-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 999, 'usd', 100);

select throws_ok(c.statement, '23505', null, c.what)
from (
  values
    ('by another payment', 'insert into public.payments (source, external_id, user_id, checkout_id, amount, currency, credits) values (''stripe'', ''pi_2'', ''aaaaaaaa-0000-4000-8000-000000000001'', ''11111111-0000-4000-8000-000000000001'', 999, ''usd'', 100)'),
    ('by the same', 'insert into public.payments (source, external_id, user_id, checkout_id, amount, currency, credits) values (''stripe'', ''pi_1'', ''aaaaaaaa-0000-4000-8000-000000000001'', ''22222222-0000-4000-8000-000000000002'', 999, ''usd'', 100)')
) as c (what, statement);

select * from finish();
rollback;
