begin;
select plan(22);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');

select tests.authenticate_as_service();
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
select lives_ok(
  $$ update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001' $$,
  'from queued to publishing'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
select throws_ok(
  $$ update social.scheduled_posts set status = 'published' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from queued to published'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
select throws_ok(
  $$ update social.scheduled_posts set status = 'failed' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from queued to failed'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
select lives_ok(
  $$ update social.scheduled_posts set status = 'cancelled' where id = '55555555-0000-4000-8000-000000000001' $$,
  'from queued to cancelled'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
select lives_ok(
  $$ update social.scheduled_posts set status = 'queued' where id = '55555555-0000-4000-8000-000000000001' $$,
  'from publishing to queued'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
select lives_ok(
  $$ update social.scheduled_posts set status = 'published' where id = '55555555-0000-4000-8000-000000000001' $$,
  'from publishing to published'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
select lives_ok(
  $$ update social.scheduled_posts set status = 'failed' where id = '55555555-0000-4000-8000-000000000001' $$,
  'from publishing to failed'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'cancelled' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from publishing to cancelled'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
update social.scheduled_posts set status = 'published' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'queued' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from published to queued'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
update social.scheduled_posts set status = 'published' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from published to publishing'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
update social.scheduled_posts set status = 'published' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'failed' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from published to failed'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
update social.scheduled_posts set status = 'published' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'cancelled' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from published to cancelled'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
update social.scheduled_posts set status = 'failed' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'queued' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from failed to queued'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
update social.scheduled_posts set status = 'failed' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from failed to publishing'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
update social.scheduled_posts set status = 'failed' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'published' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from failed to published'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001';
update social.scheduled_posts set status = 'failed' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'cancelled' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from failed to cancelled'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'cancelled' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'queued' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from cancelled to queued'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'cancelled' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'publishing' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from cancelled to publishing'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'cancelled' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'published' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from cancelled to published'
);
delete from social.scheduled_posts;
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values ('55555555-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now());
update social.scheduled_posts set status = 'cancelled' where id = '55555555-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'failed' where id = '55555555-0000-4000-8000-000000000001' $$,
  'PT422', 'status_invalid', 'not from cancelled to failed'
);
delete from social.scheduled_posts;
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at, status) values ('11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now(), 'published')
  $$,
  'PT422', 'status_invalid', 'none starts elsewhere'
);
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at, status) values ('11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now(), 'new')
  $$,
  'PT422', 'status_invalid', 'or in a state that is none'
);

select * from finish();
rollback;
