begin;
select plan(20);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into editor.images (id, original_filename, original_url)
    values ('11111111-0000-4000-8000-000000000001', 'cat.png', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png')
  $$, 'who inserts it'
);
select results_eq(
  'select user_id, processing_status, is_favorite, download_count from editor.images',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'pending', false, 0) $$,
  'with the document''s defaults'
);
select throws_ok(
  $$
    insert into editor.images (user_id, original_filename)
    values ('bbbbbbbb-0000-4000-8000-000000000002', 'cat.png')
  $$, '42501', null, 'nobody else''s'
);
select throws_ok(
  format('insert into editor.images (original_filename, %I) values (''cat.png'', %s)', c.name, c.value),
  '42501', null, 'insert ' || c.name
)
from (
  values
    ('processed_url', $$'x'$$), ('thumbnail_url', $$'x'$$), ('final_url', $$'x'$$), ('processing_status', $$'completed'$$),
    ('processing_error', $$'x'$$), ('download_count', '9'), ('expires_at', 'now()'), ('created_at', 'now()')
) as c (name, value);
select throws_ok(
  format('update editor.images set %I = null', c.name), '42501', null, 'update ' || c.name
)
from unnest(array['processed_url', 'thumbnail_url', 'final_url', 'processing_status', 'download_count']) as c (name);
select throws_ok(
  $$ update editor.images set user_id = 'bbbbbbbb-0000-4000-8000-000000000002', original_url = null $$,
  '42501', null, 'none is given to another'
);
select throws_ok(
  $$ update editor.images set original_url = 'bbbbbbbb-0000-4000-8000-000000000002/dog.png' $$,
  'PT400', 'source_not_in_storage', 'none shows another''s file'
);
select lives_ok(
  $$
    insert into editor.images as i (id, original_filename, original_url)
    values ('11111111-0000-4000-8000-000000000001', 'd.png', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png')
    on conflict (id) do update
    set id = excluded.id, original_filename = excluded.original_filename, original_url = excluded.original_url
  $$, 'a front end upserts it'
);
select lives_ok(
  $$ update editor.images set is_favorite = true, original_filename = 'c.png', metadata = '{"k": 1}' $$,
  'their own words they change'
);

select * from finish();
rollback;
