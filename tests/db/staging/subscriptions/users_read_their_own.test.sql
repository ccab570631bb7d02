begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into public.subscriptions (id, user_id, status, source, cancel_at_period_end)
values
  ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'past_due', 'stripe', true),
  ('mem_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', 'whop', false),
  ('sub_2', 'bbbbbbbb-0000-4000-8000-000000000002', 'active', 'stripe', false);
select tests.authenticate_as_subject('auth0|ann');
select results_eq(
  'select user_id, stripe_subscription_id, status, price_id, cancel_at, canceled_at, cancel_at_period_end from staging.subscriptions',
  $$
    values (
      'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'sub_1', 'past_due', null::text, null::timestamptz, null::timestamptz, true
    )
  $$, 'Stripe''s, in its words'
);
select throws_ok('update staging.subscriptions set status = ''active''', '42501', null, 'and change none');
select throws_ok('insert into staging.subscriptions (status) values (''active'')', '42501', null, 'nor make one');
select tests.authenticate_as_anon();
select throws_ok('select 1 from staging.subscriptions', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where auth0_sub = 'auth0|bob';
select tests.authenticate_as_subject('auth0|bob');
select is((select count(*) from staging.subscriptions), 2::bigint, 'an admin reads all');
select tests.authenticate_as_service();
select is((select count(*) from staging.subscriptions), 2::bigint, 'so does the service');

select * from finish();
rollback;
