begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into public.jobs (user_id, type, created_at, deadline, due_at)
values ('bbbbbbbb-0000-4000-8000-000000000002', 'stage:run', now(), now(), now());
select tests.authenticate_as_subject('auth0|ann');
select is(
  staging.my_usage(),
  jsonb_build_object(
    'plan', 'free', 'monthly_limit', 10, 'used', 0, 'remaining', 10, 'period_start', date_trunc('month', now(), 'UTC'),
    'period_end', date_trunc('month', now(), 'UTC') + interval '1 month'
  ),
  'others do not count'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok('select staging.my_usage()', 'PT403', 'not_signed_in', 'a token without a user');
select tests.authenticate_as_anon();
select throws_ok('select staging.my_usage()', '42501', null, 'anon');
select tests.authenticate_as_service();
select throws_ok('select staging.my_usage()', '42501', null, 'the service is no user');

select * from finish();
rollback;
