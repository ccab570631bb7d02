begin;
select plan(3);

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
insert into social.comments (monitored_post_id, platform_comment_id, text) values ('33333333-0000-4000-8000-000000000001', 'c1', 'Spam'), ('33333333-0000-4000-8000-000000000002', 'c1', 'Spam');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ update social.comments set hidden = true, triage = 'ignore' $$,
  'their own'
);
select throws_ok(
  $$ update social.comments set triage = 'maybe' $$,
  '23514', null, 'into a known class'
);
select tests.clear_authentication();
select results_eq(
  $$ select hidden, triage from social.comments order by user_id $$,
  $$ values (true, 'ignore'), (false, null) $$,
  'and nobody else''s'
);

select * from finish();
rollback;
