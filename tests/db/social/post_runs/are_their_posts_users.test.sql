begin;
select plan(13);

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

select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into social.post_runs (user_id, scheduled_post_id, started_at) values ('bbbbbbbb-0000-4000-8000-000000000002', '44444444-0000-4000-8000-000000000001', now()), ('aaaaaaaa-0000-4000-8000-000000000001', '44444444-0000-4000-8000-000000000002', now())
  $$,
  'the service tries'
);
select lives_ok(
  $$ update social.post_runs set status = 'failed', error = 'Busy', finished_at = now() $$,
  'and ends'
);
select throws_ok(
  $$ update social.post_runs set status = 'done' $$,
  '23514', null, 'in a known state'
);
select throws_ok(
  $$ update social.post_runs set finished_at = started_at - interval '1 second' $$,
  '23514', null, 'not before it began'
);
select throws_ok(
  $$ update social.post_runs set error = repeat('x', 5001) $$,
  '23514', null, 'in few words'
);
select throws_ok(
  $$ insert into social.post_runs (scheduled_post_id) values (gen_random_uuid()) $$,
  'PT404', 'post_not_found', 'of a post that is there'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select user_id, scheduled_post_id from social.post_runs $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, '44444444-0000-4000-8000-000000000001'::uuid) $$,
  'users read their own'
);
select throws_ok(
  $$ insert into social.post_runs (scheduled_post_id) values ('44444444-0000-4000-8000-000000000001') $$,
  '42501', null, 'make none'
);
select throws_ok(
  $$ update social.post_runs set status = 'success' $$,
  '42501', null, 'change none'
);
select throws_ok(
  $$ delete from social.post_runs $$,
  '42501', null, 'delete none'
);
select lives_ok(
  $$ delete from social.scheduled_posts $$,
  'a post goes'
);
select is_empty(
  $$ select 1 from social.post_runs $$,
  'with its runs'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.post_runs $$,
  '42501', null, 'anon reads none'
);

select * from finish();
rollback;
