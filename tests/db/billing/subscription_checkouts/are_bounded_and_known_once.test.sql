begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into private.subscription_checkouts (user_id, plan_id, price_id, idempotency_key, session_id)
select 'aaaaaaaa-0000-4000-8000-000000000001', p.id, 'price_1', c.key, c.session
from (select p.id from public.plans as p limit 1) as p
cross join (values ('k', 'cs_1'), ('l', 'cs_2')) as c (key, session);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a trial of days that are not', '23514', 'update private.subscription_checkouts set trial_days = -1'),
    ('a key twice', '23505', 'update private.subscription_checkouts set idempotency_key = ''k'''),
    ('a session twice', '23505', 'update private.subscription_checkouts set session_id = ''cs_1''')
) as c (what, code, statement);

select * from finish();
rollback;
