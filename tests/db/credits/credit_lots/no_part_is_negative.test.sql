-- Each statement keeps the sum, so that the sum is not what refuses it.
begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('remaining', 'update public.credit_lots set remaining = -1, spent = spent + remaining + 1'),
    ('held', 'update public.credit_lots set held = -1, spent = spent + held + 1'),
    ('spent', 'update public.credit_lots set spent = -1, held = held + spent + 1'),
    ('expired', 'update public.credit_lots set expired = -1, held = held + expired + 1'),
    ('revoked', 'update public.credit_lots set revoked = -1, held = held + revoked + 1'),
    ('nothing granted', 'update public.credit_lots set granted = 0, remaining = 0')
) as c (what, statement);

select * from finish();
rollback;
