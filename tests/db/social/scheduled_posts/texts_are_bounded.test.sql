begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values
  ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now() + interval '1 day'),
  ('44444444-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002', '{"text": "Hello"}', now() + interval '1 day');

select tests.authenticate_as_service();
select throws_ok(
  $$ update social.scheduled_posts set platform_post_id = '' $$,
  '23514', null, 'a blank id'
);
select throws_ok(
  $$ update social.scheduled_posts set platform_post_id = repeat('x', 256) $$,
  '23514', null, 'a long id'
);
select throws_ok(
  $$ update social.scheduled_posts set error_message = repeat('x', 2001) $$,
  '23514', null, 'a long error'
);

select * from finish();
rollback;
