begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select throws_ok(c.statement, '23505', null, c.what)
from (
  values
    ('a transaction', 'insert into public.credit_transactions (user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after) values (''aaaaaaaa-0000-4000-8000-000000000001'', 1, ''bonus'', ''grant'', 1, 10, 11, 0, 0)'),
    ('a lot', 'insert into public.credit_lots (user_id, seq, source, granted, remaining, priority) values (''aaaaaaaa-0000-4000-8000-000000000001'', 1, ''bonus'', 1, 1, 3)')
) as c (what, statement);

select * from finish();
rollback;
