begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
select private.attach_customer('aaaaaaaa-0000-4000-8000-000000000001', 'cus_ann');
select tests.authenticate_as_subject('auth0|ann');
select results_eq(
  'select id, auth0_sub, stripe_customer_id, role, created_at from staging.users',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'auth0|ann', 'cus_ann', 'user', now()) $$, 'a user sees themselves'
);
select throws_ok('update staging.users set role = ''admin''', '42501', null, 'and makes nobody an admin');
select throws_ok('update staging.users set auth0_sub = ''auth0|bob''', '42501', null, 'nor becomes somebody else');
select throws_ok('insert into staging.users (auth0_sub) values (''auth0|eve'')', '42501', null, 'nor makes users');
select tests.authenticate_as_subject('auth0|new');
select is_empty('select 1 from staging.users', 'a new user is not there yet');
select public.ensure_profile();
select results_eq(
  'select auth0_sub, stripe_customer_id, role from staging.users', $$ values ('auth0|new', null::text, 'user') $$, 'until they are'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from staging.users', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where auth0_sub = 'auth0|bob';
select tests.authenticate_as_subject('auth0|bob');
select is((select count(*) from staging.users), 3::bigint, 'an admin sees all');
select tests.authenticate_as_service();
select is((select count(*) from staging.users), 3::bigint, 'so does the service');

select * from finish();
rollback;
