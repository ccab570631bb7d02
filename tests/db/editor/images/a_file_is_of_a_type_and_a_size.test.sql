begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name, metadata)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}'),
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/big.png', '{"size": 26214401, "mimetype": "image/png"}'),
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/page.png', '{"size": 10, "mimetype": "text/html"}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select lives_ok(
  $$
    insert into editor.images (id, original_filename, original_url, original_file_type, original_file_size)
    values ('11111111-0000-4000-8000-000000000001', 'cat.png', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', 'image/webp', 5)
  $$, 'a picture'
);
select results_eq(
  'select original_file_type, original_file_size from editor.images',
  $$ values ('image/png', 1000) $$, 'is what it is, whatever is said of it'
);
select throws_ok(
  format(
    'insert into editor.images (original_filename, original_url, original_file_type, original_file_size) values (''x'', %L, %L, %L)',
    c.url, c.type, c.size
  ),
  'PT400', c.word, c.what
)
from (
  values
    ('a file over the limit', 'aaaaaaaa-0000-4000-8000-000000000001/big.png', null, null, 'file_too_large'),
    ('a page that is named like a picture', 'aaaaaaaa-0000-4000-8000-000000000001/page.png', 'image/png', null, 'file_type_not_allowed'),
    ('a film to come', null, 'video/mp4', null, 'file_type_not_allowed'),
    ('a drawing to come', null, 'image/svg+xml', null, 'file_type_not_allowed'),
    ('a size to come', null, 'image/png', '26214401', 'file_too_large')
) as c (what, url, type, size, word);
select throws_ok(
  $$ update editor.images set original_file_type = 'text/html', original_url = null $$, 'PT400', 'file_type_not_allowed', 'nor later'
);
select tests.clear_authentication();
-- Replaced after the image was made.
update storage.objects set metadata = '{"size": 26214401, "mimetype": "image/png"}' where name like '%cat.png';
select throws_ok(
  $$ insert into editor.image_operations (image_id, operation_type) values ('11111111-0000-4000-8000-000000000001', 'vectorize') $$,
  'PT400', 'file_too_large', 'the gate looks again'
);
update storage.buckets set file_size_limit = null, allowed_mime_types = array['image/*'] where id = 'uploads';
select lives_ok(
  $$ insert into editor.images (user_id, original_filename, original_url) values ('aaaaaaaa-0000-4000-8000-000000000001', 'big.png', 'aaaaaaaa-0000-4000-8000-000000000001/big.png') $$,
  'the bucket''s row has the limits'
);
select lives_ok(
  $$ insert into editor.images (user_id, original_filename, original_file_type) values ('aaaaaaaa-0000-4000-8000-000000000001', 'a.svg', 'image/svg+xml') $$,
  'and the types'
);

select * from finish();
rollback;
