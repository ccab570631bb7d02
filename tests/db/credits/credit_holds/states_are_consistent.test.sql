begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 5);

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('a status of nobody', 'update public.credit_holds set status = ''lost'', ended_at = now()'),
    ('nothing held', 'update public.credit_holds set amount = 0'),
    ('an end while it is held', 'update public.credit_holds set ended_at = now()'),
    ('an end that says not when', 'update public.credit_holds set status = ''released'''),
    ('more captured than held', 'update public.credit_holds set captured = 6')
) as c (what, statement);

select * from finish();
rollback;
