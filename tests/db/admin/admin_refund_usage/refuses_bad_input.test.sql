begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
create temporary table usage as
select t.id from public.credit_transactions as t where t.transaction_type = 'usage';
grant select on usage to public;
create temporary table other as
select t.id from public.credit_transactions as t where t.transaction_type = 'bonus';
grant select on other to public;
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select throws_ok(
  format('select public.admin_refund_usage(%L, %L, %L, %L)', c.id, c.user_id, c.amount, c.reason), c.code, c.word, c.what
)
from usage as u, other as o,
lateral (
  values
    ('no transaction', 'PT404', 'transaction_not_found', null::uuid, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, null::integer, 'why'),
    ('one that is no usage', 'PT404', 'transaction_not_found', o.id, 'aaaaaaaa-0000-4000-8000-000000000001', null, 'why'),
    ('one of another user', 'PT404', 'transaction_not_found', u.id, 'bbbbbbbb-0000-4000-8000-000000000002', null, 'why'),
    ('no user', 'PT404', 'transaction_not_found', u.id, null, null, 'why'),
    ('more than it cost', 'PT400', 'amount_invalid', u.id, 'aaaaaaaa-0000-4000-8000-000000000001', 7, 'why'),
    ('none of it', 'PT400', 'amount_invalid', u.id, 'aaaaaaaa-0000-4000-8000-000000000001', 0, 'why'),
    ('less than none', 'PT400', 'amount_invalid', u.id, 'aaaaaaaa-0000-4000-8000-000000000001', -1, 'why'),
    ('no reason', 'PT400', 'argument_missing', u.id, 'aaaaaaaa-0000-4000-8000-000000000001', 1, null),
    ('a long reason', 'PT400', 'argument_too_long', u.id, 'aaaaaaaa-0000-4000-8000-000000000001', 1, repeat('r', 1001))
) as c (what, code, word, id, user_id, amount, reason);

select * from finish();
rollback;
