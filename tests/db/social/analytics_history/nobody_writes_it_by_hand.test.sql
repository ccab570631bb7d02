begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
insert into social.monitored_posts (id, social_account_id, platform_post_id, posted_at)
values
  ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'media-1', now() - interval '1 day'),
  ('33333333-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002', 'media-1', now() - interval '1 day');
insert into social.analytics (content_id, platform) values ('33333333-0000-4000-8000-000000000001', 'instagram');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ update social.analytics_history set likes = 1 $$,
  '42501', null, 'no user changes it'
);
select throws_ok(
  $$ delete from social.analytics_history $$,
  '42501', null, 'or deletes it'
);
select throws_ok(
  $$
    insert into social.analytics_history (user_id, content_id, platform) values ('aaaaaaaa-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000001', 'instagram')
  $$,
  '42501', null, 'or adds to it'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ update social.analytics_history set likes = 1 $$,
  '42501', null, 'nor does the service'
);
select throws_ok(
  $$
    insert into social.analytics_history (user_id, content_id, platform) values ('aaaaaaaa-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000001', 'instagram')
  $$,
  '42501', null, 'in any way'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.analytics_history $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
