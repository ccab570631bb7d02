begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'purchase');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 30, p_expires_in => '1 hour');
insert into public.subscriptions (id, user_id, status, current_period_end)
values
  ('sub_old', 'aaaaaaaa-0000-4000-8000-000000000001', 'canceled', now() + interval '9 days'),
  ('sub_new', 'aaaaaaaa-0000-4000-8000-000000000001', 'active', now() + interval '1 day'),
  ('sub_bob', 'bbbbbbbb-0000-4000-8000-000000000002', 'active', now());
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select id::text, user_id::text, subscription_id, credits_balance, plan_credits, next_reset_at from social.user_credits',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'sub_new', 70, 0, null::timestamptz) $$,
  'one''s own, with what can be spent'
);
select columns_are(
  'social', 'user_credits',
  array['id', 'user_id', 'subscription_id', 'credits_balance', 'plan_credits', 'next_reset_at', 'storage_used_mb', 'created_at', 'updated_at'],
  'the document''s columns'
);
select throws_ok('update social.user_credits set credits_balance = 1000', '42501', null, 'nobody writes their balance');
select throws_ok(
  $$ insert into social.user_credits (user_id, credits_balance) values ('aaaaaaaa-0000-4000-8000-000000000001', 1000) $$, '42501', null, 'nor adds one'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.user_credits', '42501', null, 'anon sees none');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from social.user_credits), 2::bigint, 'an admin sees all');

select * from finish();
rollback;
