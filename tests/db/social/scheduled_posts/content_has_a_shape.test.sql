begin;
select plan(29);

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
  $$ update social.scheduled_posts set content_json = '{"text": "Hi"}' $$,
  '{"text": "Hi"}'
);
select lives_ok(
  $$
    update social.scheduled_posts set content_json = '{"text": "", "media": [{"type": "image", "url": "https://example.com/a.png"}]}'
  $$,
  '{"text": "", "media": [{"type": "image", "url": "https://example.com/a.png"}]}'
);
select lives_ok(
  $$
    update social.scheduled_posts set content_json = '{"media": [{"type": "video", "url": "x/y.mp4"}], "hashtags": ["a"]}'
  $$,
  '{"media": [{"type": "video", "url": "x/y.mp4"}], "hashtags": ["a"]}'
);
select lives_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "Hi", "media": []}' $$,
  '{"text": "Hi", "media": []}'
);
select lives_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "Hi", "media": null}' $$,
  '{"text": "Hi", "media": null}'
);
select lives_ok(
  $$ update social.scheduled_posts set content_json = '{"text": null, "media": [{"type": "image", "url": "a"}]}' $$,
  '{"text": null, "media": [{"type": "image", "url": "a"}]}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '[]' $$,
  'PT400', 'content_invalid', '[]'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '"x"' $$,
  'PT400', 'content_invalid', '"x"'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = 'null' $$,
  'PT400', 'content_invalid', 'null'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{}' $$,
  'PT400', 'content_invalid', '{}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": " "}' $$,
  'PT400', 'content_invalid', '{"text": " "}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": 1}' $$,
  'PT400', 'content_invalid', '{"text": 1}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "x", "media": {}}' $$,
  'PT400', 'content_invalid', '{"text": "x", "media": {}}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "x", "media": ["a"]}' $$,
  'PT400', 'content_invalid', '{"text": "x", "media": ["a"]}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "x", "media": [{"url": "a"}]}' $$,
  'PT400', 'content_invalid', '{"text": "x", "media": [{"url": "a"}]}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "x", "media": [{"type": "image"}]}' $$,
  'PT400', 'content_invalid', '{"text": "x", "media": [{"type": "image"}]}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "x", "media": [{"type": "", "url": "a"}]}' $$,
  'PT400', 'content_invalid', '{"text": "x", "media": [{"type": "", "url": "a"}]}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "x", "media": [{"type": "image", "url": " "}]}' $$,
  'PT400', 'content_invalid', '{"text": "x", "media": [{"type": "image", "url": " "}]}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "x", "media": [{"type": 1, "url": "a"}]}' $$,
  'PT400', 'content_invalid', '{"text": "x", "media": [{"type": 1, "url": "a"}]}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "x", "media": [{"type": "image", "url": 1}]}' $$,
  'PT400', 'content_invalid', '{"text": "x", "media": [{"type": "image", "url": 1}]}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"text": "x", "media": [null]}' $$,
  'PT400', 'content_invalid', '{"text": "x", "media": [null]}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = '{"media": []}' $$,
  'PT400', 'content_invalid', '{"media": []}'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = jsonb_build_object('text', repeat('x', 10001)) $$,
  'PT400', 'content_invalid', 'a long text'
);
select lives_ok(
  $$ update social.scheduled_posts set content_json = jsonb_build_object('text', repeat('x', 10000)) $$,
  'the longest'
);
select throws_ok(
  $$
    update social.scheduled_posts set content_json = jsonb_build_object('media', array_fill('{"type": "image", "url": "a"}'::jsonb, array[21]))
  $$,
  'PT400', 'content_invalid', 'many media'
);
select throws_ok(
  $$
    update social.scheduled_posts set content_json = jsonb_build_object('media', array[jsonb_build_object('type', 'image', 'url', repeat('x', 2049))])
  $$,
  'PT400', 'content_invalid', 'a long address'
);
select throws_ok(
  $$
    update social.scheduled_posts set content_json = jsonb_build_object('media', array[jsonb_build_object('type', repeat('x', 51), 'url', 'x')])
  $$,
  'PT400', 'content_invalid', 'a long type'
);
select throws_ok(
  $$
    update social.scheduled_posts set content_json = jsonb_build_object('text', 'x', 'y', (select string_agg(md5(i::text), '') from generate_series(1, 3000) as i))
  $$,
  '23514', null, 'much else'
);
select throws_ok(
  $$ update social.scheduled_posts set content_json = null $$,
  'PT400', 'content_invalid', 'none'
);

select * from finish();
rollback;
