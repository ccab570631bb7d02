begin;
select plan(12);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
insert into social.social_accounts (id, user_id, platform, account_id) values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'linkedin', 'li-ann'), ('22222222-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'whatsapp', 'wa-ann');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into social.scheduled_posts (id, user_id, channel_id, content_json, publish_at) values ('44444444-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now())
  $$,
  'whatever is sent'
);
select results_eq(
  $$ select user_id, platform, status, retry_count from social.scheduled_posts $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'instagram', 'queued', 0) $$,
  'the channel decides'
);
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at) values ('11111111-0000-4000-8000-000000000002', '{"text": "Hello"}', now())
  $$,
  'PT404', 'social_account_not_found', 'another''s channel'
);
select throws_ok(
  $$ update social.scheduled_posts set channel_id = '11111111-0000-4000-8000-000000000002' $$,
  'PT404', 'social_account_not_found', 'also later'
);
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, platform, content_json, publish_at) values ('11111111-0000-4000-8000-000000000001', 'whatsapp', '{"text": "Hello"}', now())
  $$,
  'PT400', 'platform_mismatch', 'the platform is the channel''s'
);
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at) values ('22222222-0000-4000-8000-000000000001', '{"text": "Hello"}', now())
  $$,
  '23514', null, 'posts go to Instagram and WhatsApp'
);
select throws_ok(
  $$ update social.scheduled_posts set channel_id = '22222222-0000-4000-8000-000000000002' $$,
  'PT400', 'platform_mismatch', 'a channel with its old platform'
);
select lives_ok(
  $$ update social.scheduled_posts set channel_id = '22222222-0000-4000-8000-000000000002', platform = 'whatsapp' $$,
  'both together'
);
select lives_ok(
  $$
    insert into social.scheduled_posts (id, channel_id, platform, content_json, publish_at) values ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'instagram', '{"text": "Hello"}', now())
    on conflict (id) do update
    set id = excluded.id, channel_id = excluded.channel_id, platform = excluded.platform, content_json = excluded.content_json
  $$,
  'an upsert'
);
select results_eq(
  $$ select platform from social.scheduled_posts $$,
  $$ values ('instagram') $$,
  'changes it'
);
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at) values ('11111111-0000-4000-8000-000000000001', '{"text": "x"}', 'infinity')
  $$,
  '23514', null, 'never is no time'
);
select tests.clear_authentication();
update public.profiles set is_active = false where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$
    insert into social.scheduled_posts (channel_id, content_json, publish_at) values ('11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now())
  $$,
  'PT403', 'account_suspended', 'who is suspended schedules nothing'
);

select * from finish();
rollback;
