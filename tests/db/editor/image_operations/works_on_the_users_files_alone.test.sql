begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into storage.objects (bucket_id, name)
values ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/dog.png');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into editor.images (user_id, original_filename, original_url) values (%L, ''x.png'', %L)', 'aaaaaaaa-0000-4000-8000-000000000001', u.url),
  'PT400', 'source_not_in_storage', u.url
)
from unnest(array[
  'bbbbbbbb-0000-4000-8000-000000000002/dog.png', 'http://169.254.169.254/latest/meta-data/',
  '/storage/v1/object/results/aaaaaaaa-0000-4000-8000-000000000001/out.png',
  'aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/dog.png', ''
]) as u (url);
insert into editor.images (id, user_id, original_filename, original_url)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'none.png', 'aaaaaaaa-0000-4000-8000-000000000001/none.png'), ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'none.png', null);
select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider)
    values ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local')
  $$,
  'PT404', 'upload_not_found', 'an upload that is not there'
);
select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider)
    values ('22222222-0000-4000-8000-000000000001', 'vectorize', 'local')
  $$,
  'PT400', 'source_not_in_storage', 'an image without an upload'
);
select lives_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider, input_data)
    values ('22222222-0000-4000-8000-000000000001', 'generate', 'local', '{"prompt": "A cat"}')
  $$,
  'a picture that is generated needs none'
);

select * from finish();
rollback;
