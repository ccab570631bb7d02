begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  public.whoami(),
  '{"user_id": "aaaaaaaa-0000-4000-8000-000000000001", "role": "user", "is_active": true, "email": "ann@example.com"}'::jsonb,
  'who they are'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok('select public.whoami()', 'PT403', 'profile_missing', 'a user without a profile');
select tests.authenticate('authenticated', '{}');
select throws_ok('select public.whoami()', 'PT403', 'not_signed_in', 'nobody');
select tests.authenticate_as_anon();
select throws_ok('select public.whoami()', '42501', null, 'anon');

select * from finish();
rollback;
