begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
-- The ledger is append-only: the rows are written with their age.
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into public.credit_transactions (
  user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after, created_at
)
select 'aaaaaaaa-0000-4000-8000-000000000001', 1 + n, 'usage', 'spend', -1, 101 - n, 100 - n, 0, 0, now() - make_interval(days => n)
from generate_series(1, 40) as n;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select sum(transactions) from social.usage_report()), 30::numeric, '30 days, today included');
select is((select sum(transactions) from social.usage_report(2)), 2::numeric, 'or two');
select is((select array_agg(day order by day desc) = array_agg(day) from social.usage_report()), true, 'the newest first');

select * from finish();
rollback;
