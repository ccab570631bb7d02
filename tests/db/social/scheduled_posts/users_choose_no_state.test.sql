begin;
select plan(9);

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

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into social.scheduled_posts (user_id, channel_id, platform, content_json, publish_at, status) values ('aaaaaaaa-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'instagram', '{"text": "Hello"}', now(), 'queued')
  $$,
  'queued is what it is'
);
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at, status) values ('11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now(), 'published')
  $$,
  'PT422', 'status_invalid', 'and nothing else'
);
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at, retry_count) values ('11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now(), 0)
  $$,
  '42501', null, 'no count'
);
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at, platform_post_id) values ('11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now(), 'x')
  $$,
  '42501', null, 'no id of the platform'
);
select throws_ok(
  $$ update social.scheduled_posts set status = 'publishing' $$,
  '42501', null, 'the service publishes'
);
select throws_ok(
  $$ update social.scheduled_posts set retry_count = 0 $$,
  '42501', null, 'the count is kept'
);
select throws_ok(
  $$ update social.scheduled_posts set platform_post_id = 'x' $$,
  '42501', null, 'so is the id'
);
select throws_ok(
  $$ update social.scheduled_posts set error_message = 'x' $$,
  '42501', null, 'so is the error'
);
select throws_ok(
  $$ update social.scheduled_posts set stop_at = now() $$,
  '42501', null, 'so is the polling'
);

select * from finish();
rollback;
