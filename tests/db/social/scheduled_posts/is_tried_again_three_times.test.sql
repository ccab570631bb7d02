begin;
select plan(12);

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
update social.scheduled_posts set status = 'publishing' where id = '44444444-0000-4000-8000-000000000001';
select lives_ok(
  $$
    update social.scheduled_posts set status = 'queued', retry_count = 0, error_message = 'Busy' where id = '44444444-0000-4000-8000-000000000001'
  $$,
  'retry 1'
);
select results_eq(
  $$ select retry_count from social.scheduled_posts where id = '44444444-0000-4000-8000-000000000001' $$,
  $$ values (1) $$,
  'is counted, whatever is sent'
);
update social.scheduled_posts set status = 'publishing' where id = '44444444-0000-4000-8000-000000000001';
select lives_ok(
  $$
    update social.scheduled_posts set status = 'queued', retry_count = 0, error_message = 'Busy' where id = '44444444-0000-4000-8000-000000000001'
  $$,
  'retry 2'
);
select results_eq(
  $$ select retry_count from social.scheduled_posts where id = '44444444-0000-4000-8000-000000000001' $$,
  $$ values (2) $$,
  'is counted, whatever is sent'
);
update social.scheduled_posts set status = 'publishing' where id = '44444444-0000-4000-8000-000000000001';
select lives_ok(
  $$
    update social.scheduled_posts set status = 'queued', retry_count = 0, error_message = 'Busy' where id = '44444444-0000-4000-8000-000000000001'
  $$,
  'retry 3'
);
select results_eq(
  $$ select retry_count from social.scheduled_posts where id = '44444444-0000-4000-8000-000000000001' $$,
  $$ values (3) $$,
  'is counted, whatever is sent'
);
update social.scheduled_posts set status = 'publishing' where id = '44444444-0000-4000-8000-000000000001';
select throws_ok(
  $$ update social.scheduled_posts set status = 'queued' where id = '44444444-0000-4000-8000-000000000001' $$,
  'PT422', 'retries_exhausted', 'no fourth'
);
select lives_ok(
  $$ update social.scheduled_posts set retry_count = 0 where id = '44444444-0000-4000-8000-000000000001' $$,
  'a count that is written'
);
select results_eq(
  $$ select retry_count from social.scheduled_posts where id = '44444444-0000-4000-8000-000000000001' $$,
  $$ values (3) $$,
  'stays'
);
select lives_ok(
  $$
    update social.scheduled_posts set status = 'failed', error_message = 'Gone' where id = '44444444-0000-4000-8000-000000000001'
  $$,
  'it fails'
);
select lives_ok(
  $$
    insert into social.scheduled_posts (id, channel_id, content_json, publish_at, retry_count) values (gen_random_uuid(), '11111111-0000-4000-8000-000000000002', '{"text": "Hello"}', now(), 3)
  $$,
  'a new one'
);
select results_eq(
  $$
    select distinct retry_count from social.scheduled_posts where user_id = 'bbbbbbbb-0000-4000-8000-000000000002'
  $$,
  $$ values (0) $$,
  'starts at none'
);

select * from finish();
rollback;
