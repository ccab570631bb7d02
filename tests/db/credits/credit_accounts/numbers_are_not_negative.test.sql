begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('a balance', 'update public.credit_accounts set balance = -1'),
    ('what is held', 'update public.credit_accounts set held = -1'),
    ('a debt', 'update public.credit_accounts set debt = -1'),
    ('a debt beside a balance', 'update public.credit_accounts set debt = 1, balance = 1'),
    ('used storage', 'update public.credit_accounts set storage_used_mb = -1'),
    ('a plan allowance', 'update public.credit_accounts set plan_credits = -1')
) as c (what, statement);

select * from finish();
rollback;
