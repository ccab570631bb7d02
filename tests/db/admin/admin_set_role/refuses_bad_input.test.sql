begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select tests.create_user('cat@example.com', p_id => 'cccccccc-0000-4000-8000-000000000003');
select private.retire_user('cccccccc-0000-4000-8000-000000000003');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select throws_ok(
  format('select public.admin_set_role(%L, %L, %L)', c.user_id, c.role, c.reason), c.code, c.word, c.what
)
from (
  values
    ('no role', 'PT400', 'role_invalid', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, null, 'why'),
    ('another role', 'PT400', 'role_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', 'owner', 'why'),
    ('one''s own role', 'PT400', 'role_invalid', 'bbbbbbbb-0000-4000-8000-000000000002', 'user', 'why'),
    ('no user', 'PT404', 'user_not_found', null, 'admin', 'why'),
    ('nobody', 'PT404', 'user_not_found', '99999999-0000-4000-8000-000000000009', 'admin', 'why'),
    ('who left', 'PT404', 'user_not_found', 'cccccccc-0000-4000-8000-000000000003', 'admin', 'why'),
    ('no reason', 'PT400', 'argument_missing', 'aaaaaaaa-0000-4000-8000-000000000001', 'admin', null),
    ('a long reason', 'PT400', 'argument_too_long', 'aaaaaaaa-0000-4000-8000-000000000001', 'admin', repeat('r', 1001))
) as c (what, code, word, user_id, role, reason);
select tests.clear_authentication();
select results_eq(
  $$ select username from public.profiles where role = 'admin' $$, $$ values ('bob') $$, 'all are as they were'
);

select * from finish();
rollback;
