begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select set_config('request.headers', '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "Back office"}', true);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select is((public.admin_set_active('aaaaaaaa-0000-4000-8000-000000000001', false, 'Spam')).is_active, false, 'suspended');
select tests.clear_authentication();
select throws_ok($$ select private.require_active('aaaaaaaa-0000-4000-8000-000000000001') $$, 'PT403', 'account_suspended', 'no work is begun');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((public.admin_set_active('aaaaaaaa-0000-4000-8000-000000000001', true, 'A mistake')).is_active, true, 'and in again');
select tests.clear_authentication();
select lives_ok($$ select private.require_active('aaaaaaaa-0000-4000-8000-000000000001') $$, 'and works');
select results_eq(
  $$
    select l.action, l.admin_user_id, l.target_id, l.details ->> 'reason', l.user_agent
    from public.admin_logs as l order by l.action
  $$,
  $$
    values
      ('reactivate', 'bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'A mistake', 'Back office'),
      ('suspend', 'bbbbbbbb-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'Spam', 'Back office')
  $$,
  'both are logged'
);

select * from finish();
rollback;
