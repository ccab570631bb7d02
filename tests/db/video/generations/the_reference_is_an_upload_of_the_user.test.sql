begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata) values ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/cat.png', '{"size": 1000}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.generations (prompt, model, reference_image_url) values (''A cat'', ''veo-2'', %L)', r.url),
  r.code, r.word, r.url
)
from (
  values
    ('bbbbbbbb-0000-4000-8000-000000000002/cat.png', 'PT400', 'source_not_in_storage'), ('http://169.254.169.254/latest/meta-data', 'PT400', 'source_not_in_storage'),
    ('https://example.com/cat.png', 'PT400', 'source_not_in_storage'), ('aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/cat.png', 'PT400', 'source_not_in_storage'),
    ('aaaaaaaa-0000-4000-8000-000000000001/missing.png', 'PT404', 'upload_not_found')
) as r (url, code, word);
select lives_ok(
  $$ insert into video.generations (prompt, model, reference_image_url) values ('A cat', 'veo-2', ' ') $$, 'a blank one is none'
);

select * from finish();
rollback;
