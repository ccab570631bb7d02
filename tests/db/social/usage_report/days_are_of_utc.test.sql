-- PostgREST gives a session the time zone that a client prefers.
begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
-- A minute before and after two midnights.
insert into public.credit_transactions (
  user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after, created_at
)
select
  'aaaaaaaa-0000-4000-8000-000000000001', row_number() over (), 'bonus', 'grant', d.amount, 0, d.amount, 0, 0,
  (date_trunc('day', now(), 'UTC') - make_interval(days => d.ago)) + d.past
from (
  values (1, 2, interval '-1 minute'), (2, 2, interval '1 minute'), (4, 1, interval '-1 minute'), (8, 1, interval '1 minute')
) as d (amount, ago, past);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

create temporary table expected as
select (now() at time zone 'UTC')::date - e.ago as day, e.credits from (values (1, 8::bigint), (2, 6)) as e (ago, credits);
set local timezone = 'Etc/GMT-14';
select results_eq('select day, credits from social.usage_report(3)', 'table expected', 'whoever is early');
set local timezone = 'Etc/GMT+12';
select results_eq('select day, credits from social.usage_report(3)', 'table expected', 'or late');

select * from finish();
rollback;
