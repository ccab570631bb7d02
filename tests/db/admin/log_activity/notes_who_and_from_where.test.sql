begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
update public.profiles set last_activity_at = '2000-01-01';
select set_config('request.headers', '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "Back office"}', true);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select public.log_activity('upload', '{"n": 1}');
select results_eq(
  'select user_id, activity_type, activity_data, host(ip_address), user_agent from public.user_activity_logs',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'upload', '{"n": 1}'::jsonb, '203.0.113.7', 'Back office') $$,
  'as the gateway tells it'
);
select isnt_empty('select 1 from public.profiles where last_activity_at = now()', 'they were here now');
select set_config('request.headers', '{"x-forwarded-for": "nowhere", "user-agent": null}', true);
select public.log_activity('login');
select results_eq(
  $$ select ip_address, user_agent from public.user_activity_logs where activity_type = 'login' $$,
  $$ values (null::inet, null::text) $$, 'what is no address is none'
);

select * from finish();
rollback;
