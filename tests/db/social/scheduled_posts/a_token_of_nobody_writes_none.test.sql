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

select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at) values ('11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now())
  $$,
  '42501', null, 'no insert'
);
select lives_ok(
  $$ update social.scheduled_posts set publish_at = now() + interval '9 days' $$,
  'an update'
);
select lives_ok(
  $$ delete from social.scheduled_posts $$,
  'and a delete'
);
select tests.clear_authentication();
select results_eq(
  $$ select count(*) from social.scheduled_posts where publish_at < now() + interval '2 days' $$,
  $$ values (2::bigint) $$,
  'find nothing'
);

select * from finish();
rollback;
