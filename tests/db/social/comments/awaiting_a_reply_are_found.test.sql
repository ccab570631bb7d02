begin;
select plan(1);

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
insert into social.comments (monitored_post_id, platform_comment_id, text, triage, replied_at) values ('33333333-0000-4000-8000-000000000001', 'c1', 'waits', 'respond', null), ('33333333-0000-4000-8000-000000000001', 'c2', 'done', 'respond', now()), ('33333333-0000-4000-8000-000000000001', 'c3', 'spam', 'ignore', null), ('33333333-0000-4000-8000-000000000001', 'c4', 'new', null, null), ('33333333-0000-4000-8000-000000000002', 'c1', 'bob', 'respond', null);

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select text from social.comments where triage = 'respond' and replied_at is null order by created_at $$,
  $$ values ('waits') $$,
  'of the caller'
);

select * from finish();
rollback;
