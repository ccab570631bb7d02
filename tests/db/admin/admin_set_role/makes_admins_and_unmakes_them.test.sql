begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select set_config('request.headers', '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "Back office"}', true);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select is((public.admin_set_role('aaaaaaaa-0000-4000-8000-000000000001', 'admin', 'She helps')).role, 'admin', 'an admin more');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((public.admin_set_role('bbbbbbbb-0000-4000-8000-000000000002', 'user', 'He left')).role, 'user', 'who may unmake the first');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select public.admin_set_role('bbbbbbbb-0000-4000-8000-000000000002', 'admin', 'Me') $$, 'PT403', 'admin_only', 'whose word counts no more'
);
select tests.clear_authentication();
select results_eq(
  $$
    select l.admin_user_id, l.target_id, l.details ->> 'role', l.details ->> 'reason', host(l.ip_address)
    from public.admin_logs as l where l.action = 'set_role' order by 3
  $$,
  $$
    values
      ('bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'admin', 'She helps', '203.0.113.7'),
      ('aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002', 'user', 'He left', '203.0.113.7')
  $$,
  'both are logged'
);

select * from finish();
rollback;
