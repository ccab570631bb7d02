begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.subscriptions (id, user_id, source, status)
values
  ('sub_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'stripe', 'active'),
  ('sub_2', 'aaaaaaaa-0000-4000-8000-000000000001', 'stripe', 'canceled'),
  ('mem_1', 'aaaaaaaa-0000-4000-8000-000000000001', 'whop', 'active'),
  ('sub_3', 'bbbbbbbb-0000-4000-8000-000000000002', 'stripe', 'active');
select is_empty('select public.abandoned_subscriptions(10)', 'while they are here, none');
select tests.delete_user('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select public.abandoned_subscriptions(10)', array['sub_1'], 'those that Stripe would go on charging'
);
select throws_ok('select public.abandoned_subscriptions(0)', 'PT400', 'limit_invalid', 'no limit');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok('select public.abandoned_subscriptions(1)', '42501', null, 'users are not told');

select * from finish();
rollback;
