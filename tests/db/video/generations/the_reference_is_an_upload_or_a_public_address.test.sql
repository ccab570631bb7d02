begin;
select plan(20);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.set_setting('api_url', 'https://api.test');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata) values ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/cat.png', '{"size": 1000}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.generations (prompt, model, reference_image_url) values (''A cat'', ''veo-2'', %L)', r.url),
  r.code, r.word, r.url
)
from (
  values
    ('bbbbbbbb-0000-4000-8000-000000000002/cat.png', 'PT400', 'source_not_in_storage'),
    ('http://169.254.169.254/latest/meta-data', 'PT400', 'url_not_allowed'), ('http://example.com/cat.png', 'PT400', 'url_not_allowed'),
    ('https://127.0.0.1/cat.png', 'PT400', 'url_not_allowed'), ('https://2130706433/', 'PT400', 'url_not_allowed'),
    ('https://[::1]/cat.png', 'PT400', 'url_not_allowed'), ('https://localhost/cat.png', 'PT400', 'url_not_allowed'),
    ('https://metadata.google.internal/', 'PT400', 'url_not_allowed'), ('https://example.com:8443/', 'PT400', 'url_not_allowed'),
    ('https://example.com@10.0.0.1/', 'PT400', 'url_not_allowed'), ('//10.0.0.1/cat.png', 'PT400', 'url_not_allowed'),
    ('file:///etc/passwd', 'PT400', 'url_not_allowed'), ('data:image/png;base64,AAAA', 'PT400', 'url_not_allowed'),
    ('gs://bucket/cat.png', 'PT400', 'url_not_allowed'),
    ('https://api.test/storage/v1/object/authenticated/uploads/bbbbbbbb-0000-4000-8000-000000000002/cat.png', 'PT400', 'source_not_in_storage'),
    ('aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/cat.png', 'PT400', 'source_not_in_storage'),
    ('aaaaaaaa-0000-4000-8000-000000000001/missing.png', 'PT404', 'upload_not_found')
) as r (url, code, word);
select lives_ok(
  $$ insert into video.generations (prompt, model, reference_image_url) values ('A cat', 'veo-2', ' ') $$, 'a blank one is none'
);

select lives_ok(
  $$ insert into video.generations (prompt, model, reference_image_url) values ('A dog', 'veo-2', 'https://cdn.example.com/a/cat.png?v=1') $$,
  'a public address is taken'
);
select tests.clear_authentication();
select results_eq(
  $$ select payload -> 'reference', payload ->> 'mode' from public.jobs where payload ->> 'prompt' = 'A dog' $$,
  $$ values ('{"url": "https://cdn.example.com/a/cat.png?v=1"}'::jsonb, 'image-to-video') $$, 'and the worker gets it as one'
);

select * from finish();
rollback;
