begin;
select plan(4);

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
update social.scheduled_posts set status = 'publishing', error_message = 'Busy';

select tests.authenticate_as_service();
select lives_ok(
  $$
    update social.scheduled_posts set status = 'published', platform_post_id = 'media-9' where id = '44444444-0000-4000-8000-000000000001'
  $$,
  'it is out'
);
select results_eq(
  $$
    select platform_post_id, error_message, next_check_at, stop_at from social.scheduled_posts where id = '44444444-0000-4000-8000-000000000001'
  $$,
  $$ values ('media-9', null::text, now() + interval '5 minutes', now() + interval '7 days') $$,
  'comments are looked at for 7 days'
);
select lives_ok(
  $$ update social.scheduled_posts set status = 'failed' where id = '44444444-0000-4000-8000-000000000002' $$,
  'the other failed'
);
select results_eq(
  $$
    select next_check_at, stop_at, error_message from social.scheduled_posts where id = '44444444-0000-4000-8000-000000000002'
  $$,
  $$ values (null::timestamptz, null::timestamptz, 'Busy') $$,
  'it has nothing to look at'
);

select * from finish();
rollback;
