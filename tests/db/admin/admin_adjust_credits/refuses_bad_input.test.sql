begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select throws_ok(
  format('select public.admin_adjust_credits(%L, %L, %L, %L)', c.user_id, c.amount, c.reason, c.key), c.code, c.word, c.what
)
from (
  values
    ('no amount', 'PT400', 'amount_invalid', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, null::integer, 'why', 'k'),
    ('an amount of none', 'PT400', 'amount_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', 0, 'why', 'k'),
    ('an amount above a billion', 'PT400', 'amount_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', 1000000001, 'why', 'k'),
    ('an amount below a billion', 'PT400', 'amount_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', -1000000001, 'why', 'k'),
    ('the least integer', 'PT400', 'amount_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', -2147483648, 'why', 'k'),
    ('no reason', 'PT400', 'argument_missing', 'aaaaaaaa-0000-4000-8000-000000000001', 1, ' ', 'k'),
    ('a long reason', 'PT400', 'argument_too_long', 'aaaaaaaa-0000-4000-8000-000000000001', 1, repeat('r', 1001), 'k'),
    ('no key', 'PT400', 'argument_missing', 'aaaaaaaa-0000-4000-8000-000000000001', 1, 'why', null),
    ('a long key', 'PT400', 'argument_too_long', 'aaaaaaaa-0000-4000-8000-000000000001', 1, 'why', repeat('k', 201)),
    ('a user who is not there', 'PT404', 'account_not_found', '99999999-0000-4000-8000-000000000009', 1, 'why', 'k')
) as c (what, code, word, user_id, amount, reason, key);
select tests.clear_authentication();
select is_empty('select 1 from public.admin_logs', 'nothing is logged that was not done');

select * from finish();
rollback;
