begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(s.statement, '42501', null, s.what)
from (
  values
    ('a transaction', $$insert into public.credit_transactions (user_id, seq, transaction_type, operation, amount, balance_before, balance_after, debt_before, debt_after) values ('aaaaaaaa-0000-4000-8000-000000000001', 2, 'bonus', 'grant', 5, 10, 15, 0, 0)$$),
    ('a lot', $$insert into public.credit_lots (user_id, seq, source, granted, remaining, priority) values ('aaaaaaaa-0000-4000-8000-000000000001', 9, 'bonus', 9, 9, 1)$$),
    ('a balance', 'update public.credit_accounts set balance = 1000'),
    ('a balance by an upsert', $$insert into public.credit_accounts (user_id, balance) values ('aaaaaaaa-0000-4000-8000-000000000001', 9) on conflict (user_id) do update set balance = 9$$),
    ('a price', 'update public.metered_operations set credits = 0'),
    ('a package', 'update public.credit_packages set credits = 1000000'),
    ('a checkout', 'update public.checkouts set credits = 1000000'),
    ('a job''s price', 'update public.jobs set price = 0'),
    ('a handler', $$update public.job_types set on_success = null$$)
) as s (what, statement);

select * from finish();
rollback;
