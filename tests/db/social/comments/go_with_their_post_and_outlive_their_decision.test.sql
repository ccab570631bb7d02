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
insert into social.ai_decisions (id, user_id, decision, confidence) values ('44444444-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'respond', 1);
insert into social.comments (monitored_post_id, platform_comment_id, text, ai_decision_id) values ('33333333-0000-4000-8000-000000000001', 'c1', 'x', '44444444-0000-4000-8000-000000000001');

select tests.authenticate_as_service();
select lives_ok(
  $$ delete from social.ai_decisions $$,
  'a decision goes'
);
select results_eq(
  $$ select ai_decision_id from social.comments $$,
  $$ values (null::uuid) $$,
  'the comment stays'
);
select lives_ok(
  $$ delete from social.monitored_posts $$,
  'a post goes'
);
select is_empty(
  $$ select 1 from social.comments $$,
  'with its comments'
);

select * from finish();
rollback;
