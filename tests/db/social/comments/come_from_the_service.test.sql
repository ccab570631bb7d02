begin;
select plan(12);

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
insert into social.scheduled_posts (id, channel_id, content_json, publish_at) values ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());

select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.comments (user_id, monitored_post_id, platform_comment_id, text) values ('bbbbbbbb-0000-4000-8000-000000000002', '33333333-0000-4000-8000-000000000001', 'c1', 'Nice'), ('aaaaaaaa-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000002', 'c1', 'Nice')
  $$,
  'polling finds some'
);
select throws_ok(
  $$
    insert into social.comments (monitored_post_id, platform_comment_id, text) values ('33333333-0000-4000-8000-000000000001', 'c1', 'Nice')
  $$,
  '23505', null, 'a comment is kept once'
);
select lives_ok(
  $$
    insert into social.comments (monitored_post_id, platform_comment_id, text) values ('33333333-0000-4000-8000-000000000001', 'c1', 'Nicer')
    on conflict (monitored_post_id, platform_comment_id) do update set text = excluded.text
  $$,
  'an upsert finds it'
);
select lives_ok(
  $$
    insert into social.comments (post_id, platform_comment_id, text) values ('44444444-0000-4000-8000-000000000001', 'c9', 'Old')
  $$,
  'the deprecated way'
);
select throws_ok(
  $$ insert into social.comments (platform_comment_id, text) values ('c2', 'x') $$,
  'PT404', 'post_not_found', 'of no post'
);
select throws_ok(
  $$
    insert into social.comments (monitored_post_id, platform_comment_id, text) values (gen_random_uuid(), 'c2', 'x')
  $$,
  'PT404', 'post_not_found', 'of an unknown post'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select set_eq(
  $$ select user_id, text, hidden, like_count, triage from social.comments $$,
  $$
    values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'Nicer', false, 0, null::text), ('aaaaaaaa-0000-4000-8000-000000000001', 'Old', false, 0, null)
  $$,
  'users read those on their posts'
);
select throws_ok(
  $$
    insert into social.comments (monitored_post_id, platform_comment_id, text) values ('33333333-0000-4000-8000-000000000001', 'c3', 'Me')
  $$,
  '42501', null, 'make none'
);
select throws_ok(
  $$ delete from social.comments $$,
  '42501', null, 'delete none'
);
select throws_ok(
  $$ update social.comments set text = 'x' $$,
  '42501', null, 'change no words'
);
select throws_ok(
  $$ update social.comments set replied_at = now() $$,
  '42501', null, 'reply to none by a word'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.comments $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
