begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.auto_top_ups (user_id, enabled, threshold, package_id, unit_amount, currency, monthly_cap)
select 'aaaaaaaa-0000-4000-8000-000000000001', true, 50, p.id, p.unit_amount, p.currency, 100000
from public.credit_packages as p where p.code = 'starter';
insert into public.checkouts (id, user_id, package_id, idempotency_key, credits, unit_amount, currency)
select c.id::uuid, 'aaaaaaaa-0000-4000-8000-000000000001', p.id, c.id, p.credits, p.unit_amount, p.currency
from public.credit_packages as p
cross join (values ('cccccccc-0000-4000-8000-000000000001'), ('cccccccc-0000-4000-8000-000000000002')) as c (id)
where p.code = 'starter';
insert into public.top_ups (id, user_id, payment_method)
values ('cccccccc-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'pm_1');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a threshold of nothing', '23514', 'update public.auto_top_ups set threshold = 0'),
    ('a threshold without end', '23514', 'update public.auto_top_ups set threshold = 1000000001'),
    ('a cap below one package', '23514', 'update public.auto_top_ups set monthly_cap = unit_amount - 1'),
    ('a package for nothing', '23514', 'update public.auto_top_ups set unit_amount = 0'),
    ('a top-up of another status', '23514', 'update public.top_ups set status = ''lost'', ended_at = now()'),
    ('an end without a time', '23514', 'update public.top_ups set status = ''paid'''),
    ('a time without an end', '23514', 'update public.top_ups set ended_at = now()'),
    (
      'two at a time', '23505',
      'insert into public.top_ups (id, user_id, payment_method)
       values (''cccccccc-0000-4000-8000-000000000002'', ''aaaaaaaa-0000-4000-8000-000000000001'', ''pm_1'')'
    )
) as c (what, code, statement);

select * from finish();
rollback;
