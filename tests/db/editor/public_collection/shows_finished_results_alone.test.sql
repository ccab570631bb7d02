begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into editor.images (
  id, user_id, original_filename, original_url, processed_url, thumbnail_url, processing_error, metadata
)
values
  (
    '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'passport.png',
    'aaaaaaaa-0000-4000-8000-000000000001/passport.png', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png',
    'aaaaaaaa-0000-4000-8000-000000000001/1/t/thumbnail.webp', 'secret', '{"secret": true}'
  ),
  (
    '11111111-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'unfinished.png',
    'aaaaaaaa-0000-4000-8000-000000000001/unfinished.png', null, null, null, null
  ),
  (
    '11111111-0000-4000-8000-000000000003', 'aaaaaaaa-0000-4000-8000-000000000001', 'elsewhere.png',
    null, 'aaaaaaaa-0000-4000-8000-000000000001/3/t/processed.png', null, null, null
  );
insert into editor.image_collections (id, user_id, name, description, is_public)
values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Cats', 'All', true);
insert into editor.image_collection_items (collection_id, image_id, added_at)
select '33333333-0000-4000-8000-000000000001', i.id, now() from editor.images as i
where i.original_filename <> 'elsewhere.png';

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is(
  editor.public_collection('33333333-0000-4000-8000-000000000001'),
  '{
    "id": "33333333-0000-4000-8000-000000000001", "name": "Cats", "description": "All",
    "images": [{
      "id": "11111111-0000-4000-8000-000000000001",
      "processed_url": "aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png",
      "thumbnail_url": "aaaaaaaa-0000-4000-8000-000000000001/1/t/thumbnail.webp",
      "final_url": null
    }]
  }'::jsonb,
  'its words and its finished images'' results, nothing else'
);
select tests.clear_authentication();
insert into editor.image_collection_items (collection_id, image_id, added_at)
values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000003', now() + interval '1 second');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is(
  jsonb_path_query_array(editor.public_collection('33333333-0000-4000-8000-000000000001'), '$.images[*].id'),
  '["11111111-0000-4000-8000-000000000003", "11111111-0000-4000-8000-000000000001"]', 'the newest first'
);
select is(
  jsonb_path_query_array(
    editor.public_collection('33333333-0000-4000-8000-000000000001', p_limit => 1, p_offset => 1), '$.images[*].id'
  ),
  '["11111111-0000-4000-8000-000000000001"]', 'a page of them'
);
select is(
  editor.public_collection('33333333-0000-4000-8000-000000000001', p_offset => 9) -> 'images', '[]',
  'behind the last there is none'
);
select tests.clear_authentication();
update editor.image_collections set is_public = false;
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select editor.public_collection('33333333-0000-4000-8000-000000000001') $$, 'PT404', 'collection_not_found',
  'one that is private again is not found'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select editor.public_collection('33333333-0000-4000-8000-000000000001') $$, 'PT404', 'collection_not_found',
  'whoever asks'
);

select * from finish();
rollback;
