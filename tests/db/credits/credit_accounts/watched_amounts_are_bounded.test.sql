begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('less than nothing', '23514', 'update public.credit_accounts set low_balance_at = -1'),
    ('a top-up at nothing', '23514', 'update public.credit_accounts set top_up_at = 0')
) as c (what, code, statement);

select * from finish();
rollback;
