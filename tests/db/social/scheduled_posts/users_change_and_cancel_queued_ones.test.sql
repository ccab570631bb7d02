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

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    update social.scheduled_posts set content_json = '{"text": "Better"}', publish_at = now(), rrule = 'FREQ=DAILY' where id = '44444444-0000-4000-8000-000000000001'
  $$,
  'a queued one changes'
);
select lives_ok(
  $$ update social.scheduled_posts set status = 'cancelled' where id = '44444444-0000-4000-8000-000000000001' $$,
  'and is cancelled'
);
select throws_ok(
  $$ update social.scheduled_posts set publish_at = now() where id = '44444444-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'then it is over'
);
select throws_ok(
  $$ update social.scheduled_posts set status = 'queued' where id = '44444444-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'for good'
);
update social.scheduled_posts set status = 'cancelled' where id = '44444444-0000-4000-8000-000000000002';
select tests.clear_authentication();
select results_eq(
  $$ select status from social.scheduled_posts where id = '44444444-0000-4000-8000-000000000002' $$,
  $$ values ('queued') $$,
  'another''s is as it was'
);
update social.scheduled_posts set status = 'publishing' where id = '44444444-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ update social.scheduled_posts set publish_at = now() $$,
  'PT422', 'status_invalid', 'what is being published stays'
);
select throws_ok(
  $$ update social.scheduled_posts set status = 'cancelled' $$,
  'PT422', 'status_invalid', 'and is not cancelled'
);
select lives_ok(
  $$ delete from social.scheduled_posts $$,
  'nor deleted'
);
select isnt_empty(
  $$ select 1 from social.scheduled_posts $$,
  'it is still there'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ delete from social.scheduled_posts $$,
  'an ended one can go'
);
select is_empty(
  $$ select 1 from social.scheduled_posts $$,
  'and is gone'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.scheduled_posts $$,
  '42501', null, 'anon reads none'
);
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at) values ('11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now())
  $$,
  '42501', null, 'and writes none'
);

select * from finish();
rollback;
