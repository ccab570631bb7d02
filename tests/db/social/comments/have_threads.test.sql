begin;
select plan(4);

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

select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.comments (monitored_post_id, platform_comment_id, parent_id, text) values ('33333333-0000-4000-8000-000000000001', 'c2', 'c1', 'Thanks')
  $$,
  'an answer may come first'
);
select lives_ok(
  $$
    insert into social.comments (monitored_post_id, platform_comment_id, text) values ('33333333-0000-4000-8000-000000000001', 'c1', 'Nice')
  $$,
  'then its parent'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$
    select r.text from social.comments as c
    join social.comments as r on r.monitored_post_id = c.monitored_post_id and r.parent_id = c.platform_comment_id
    where c.platform_comment_id = 'c1'
  $$,
  $$ values ('Thanks') $$,
  'they find each other'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ update social.comments set parent_id = platform_comment_id $$,
  '23514', null, 'none answers itself'
);

select * from finish();
rollback;
