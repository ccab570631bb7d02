begin;
select plan(9);

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
insert into social.monitored_posts (id, social_account_id, platform_post_id, posted_at)
values ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'media-2', now() - interval '2 days'), ('44444444-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001', 'media-3', now() - interval '2 days');
insert into social.comments (monitored_post_id, platform_comment_id, text, triage, replied_at)
values
  ('33333333-0000-4000-8000-000000000001', 'c1', 'x', 'respond', null), ('33333333-0000-4000-8000-000000000001', 'c2', 'x', 'respond', now()), ('33333333-0000-4000-8000-000000000001', 'c3', 'x', 'ignore', null),
  ('33333333-0000-4000-8000-000000000002', 'c1', 'x', 'respond', null);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select platform_post_id, comment_count, reply_count, awaiting_count from social.posts_with_comment_counts() $$,
  $$ values ('media-1', 3::bigint, 1::bigint, 1::bigint), ('media-3', 0, 0, 0), ('media-2', 0, 0, 0) $$,
  'newest first'
);
select results_eq(
  $$ select platform_post_id from social.posts_with_comment_counts(2) $$,
  $$ values ('media-1'), ('media-3') $$,
  'a page'
);
select results_eq(
  $$
    select platform_post_id from social.posts_with_comment_counts(2, now() - interval '2 days', '44444444-0000-4000-8000-000000000002')
  $$,
  $$ values ('media-2') $$,
  'the next one misses none of one time'
);
select results_eq(
  $$ select platform_post_id from social.posts_with_comment_counts(2, now() - interval '1 day') $$,
  $$ values ('media-3'), ('media-2') $$,
  'before a time'
);
select throws_ok(
  $$ select * from social.posts_with_comment_counts(0) $$,
  'PT400', 'limit_invalid', 'no row'
);
select throws_ok(
  $$ select * from social.posts_with_comment_counts(101) $$,
  'PT400', 'limit_invalid', 'too many'
);
select throws_ok(
  $$ select * from social.posts_with_comment_counts(null) $$,
  'PT400', 'limit_invalid', 'null'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select * from social.posts_with_comment_counts() $$,
  'PT403', 'not_signed_in', 'a token of nobody'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.posts_with_comment_counts() $$,
  '42501', null, 'anon'
);

select * from finish();
rollback;
