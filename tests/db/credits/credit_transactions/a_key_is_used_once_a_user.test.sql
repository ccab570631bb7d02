begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_idempotency_key => 'k');

select throws_ok(c.statement, '23505', null, c.what)
from (
  values
    ('whoever writes it', 'insert into public.credit_transactions (user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after, idempotency_key) values (''aaaaaaaa-0000-4000-8000-000000000001'', 2, ''bonus'', ''grant'', 1, 10, 11, 0, 0, ''k'')')
) as c (what, statement);

select * from finish();
rollback;
