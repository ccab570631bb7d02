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

select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$
    insert into social.monitored_posts (social_account_id, platform_post_id) values ('11111111-0000-4000-8000-000000000001', 'x')
  $$,
  '42501', null, 'no insert'
);
select lives_ok(
  $$ update social.monitored_posts set caption = 'x' $$,
  'an update'
);
select lives_ok(
  $$ delete from social.monitored_posts $$,
  'and a delete'
);
select tests.clear_authentication();
select results_eq(
  $$ select count(*) from social.monitored_posts where caption is null $$,
  $$ values (2::bigint) $$,
  'find nothing'
);

select * from finish();
rollback;
