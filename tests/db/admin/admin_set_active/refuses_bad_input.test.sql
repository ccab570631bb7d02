begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select tests.create_user('cat@example.com', p_id => 'cccccccc-0000-4000-8000-000000000003');
select private.retire_user('cccccccc-0000-4000-8000-000000000003');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select throws_ok(
  format('select public.admin_set_active(%L, %L, %L)', c.user_id, c.is_active, c.reason), c.code, c.word, c.what
)
from (
  values
    ('neither in nor out', 'PT400', 'argument_missing', 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, null::boolean, 'why'),
    ('oneself', 'PT400', 'argument_missing', 'bbbbbbbb-0000-4000-8000-000000000002', false, 'why'),
    ('no user', 'PT404', 'user_not_found', null, true, 'why'),
    ('nobody', 'PT404', 'user_not_found', '99999999-0000-4000-8000-000000000009', true, 'why'),
    ('who left', 'PT404', 'user_not_found', 'cccccccc-0000-4000-8000-000000000003', true, 'why'),
    ('no reason', 'PT400', 'argument_missing', 'aaaaaaaa-0000-4000-8000-000000000001', false, ''),
    ('a long reason', 'PT400', 'argument_too_long', 'aaaaaaaa-0000-4000-8000-000000000001', false, repeat('r', 1001))
) as c (what, code, word, user_id, is_active, reason);
select tests.clear_authentication();
select results_eq(
  'select username from public.profiles where is_active order by 1', $$ values ('ann'), ('bob') $$, 'all are as they were'
);

select * from finish();
rollback;
