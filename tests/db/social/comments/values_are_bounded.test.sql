begin;
select plan(11);

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
insert into social.comments (monitored_post_id, platform_comment_id, text) values ('33333333-0000-4000-8000-000000000001', 'c1', 'x');

select tests.authenticate_as_service();
select throws_ok(
  $$ update social.comments set like_count = -1 $$,
  '23514', null, 'likes'
);
select throws_ok(
  $$ update social.comments set platform_comment_id = '' $$,
  '23514', null, 'a blank id'
);
select throws_ok(
  $$ update social.comments set platform_comment_id = repeat('x', 256) $$,
  '23514', null, 'a long id'
);
select throws_ok(
  $$ update social.comments set author_name = repeat('x', 256) $$,
  '23514', null, 'a long name'
);
select throws_ok(
  $$ update social.comments set author_id = repeat('x', 256) $$,
  '23514', null, 'a long author'
);
select throws_ok(
  $$ update social.comments set author_avatar_url = repeat('x', 2049) $$,
  '23514', null, 'a long address'
);
select throws_ok(
  $$ update social.comments set text = repeat('x', 20001) $$,
  '23514', null, 'a long text'
);
select throws_ok(
  $$ update social.comments set parent_id = '' $$,
  '23514', null, 'a blank parent'
);
select throws_ok(
  $$ update social.comments set parent_id = repeat('x', 256) $$,
  '23514', null, 'a long parent'
);
select throws_ok(
  $$ update social.comments set ai_reply_text = repeat('x', 20001) $$,
  '23514', null, 'a long reply'
);
select tests.clear_authentication();
alter table social.comments disable trigger prepare_comment;
select throws_ok(
  $$ update social.comments set monitored_post_id = null $$,
  '23514', null, 'a comment without a post'
);

select * from finish();
rollback;
