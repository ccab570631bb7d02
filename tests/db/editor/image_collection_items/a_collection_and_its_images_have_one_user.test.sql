begin;
select plan(19);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into editor.images (id, user_id, original_filename)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'dog.png');
insert into editor.image_collections (id, user_id, name, is_public)
values
  ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Cats', false),
  ('33333333-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Dogs', true);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into editor.image_collection_items (id, collection_id, image_id)
    values (
      '44444444-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000001',
      '11111111-0000-4000-8000-000000000001'
    )
  $$, 'one''s own image comes into one''s own collection'
);
select results_eq(
  'select user_id, added_at from editor.image_collection_items',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, now()) $$, 'as that user''s'
);
select throws_ok(
  format('insert into editor.image_collection_items (collection_id, image_id) values (%L, %L)', c.collection, c.image),
  'PT404', c.word, c.what
)
from (
  values
    ('not another''s image', 'image_not_found', '33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002'),
    ('not into another''s collection', 'collection_not_found', '33333333-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000001'),
    ('nor both, though it is public', 'collection_not_found', '33333333-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002'),
    ('no unknown image', 'image_not_found', '33333333-0000-4000-8000-000000000001', gen_random_uuid()::text),
    ('no unknown collection', 'collection_not_found', gen_random_uuid()::text, '11111111-0000-4000-8000-000000000001'),
    ('not without an image', 'image_not_found', '33333333-0000-4000-8000-000000000001', null),
    ('not without a collection', 'collection_not_found', null, '11111111-0000-4000-8000-000000000001')
) as c (what, word, collection, image);
select throws_ok(
  $$
    insert into editor.image_collection_items (collection_id, image_id)
    values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001')
  $$, '23505', null, 'an image is in a collection once'
);
select lives_ok(
  $$
    insert into editor.image_collection_items (collection_id, image_id)
    values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001')
    on conflict (collection_id, image_id) do update
    set collection_id = excluded.collection_id, image_id = excluded.image_id
  $$, 'an upsert finds it there'
);
select throws_ok(
  $$ update editor.image_collection_items set image_id = '11111111-0000-4000-8000-000000000002' $$,
  'PT422', 'item_is_fixed', 'it keeps its image'
);
select throws_ok(
  $$ update editor.image_collection_items set collection_id = '33333333-0000-4000-8000-000000000002' $$,
  'PT422', 'item_is_fixed', 'and its collection'
);
update editor.image_collection_items set id = gen_random_uuid();
select results_eq(
  'select id from editor.image_collection_items', $$ values ('44444444-0000-4000-8000-000000000001'::uuid) $$, 'and its id'
);
select throws_ok(
  format('update editor.image_collection_items set %I = default', c.name), '42501', null, 'update ' || c.name
)
from unnest(array['user_id', 'added_at']) as c (name);
select throws_ok(
  $$
    insert into editor.image_collection_items (collection_id, image_id, user_id)
    values (
      '33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001',
      'bbbbbbbb-0000-4000-8000-000000000002'
    )
  $$, '42501', null, 'whose it is, is not said'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$
    insert into editor.image_collection_items (collection_id, image_id)
    values ('33333333-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002')
  $$, 'PT404', 'collection_not_found', 'a token without a user is nobody''s'
);
select tests.authenticate_as_service();
select throws_ok(
  $$
    insert into editor.image_collection_items (collection_id, image_id)
    values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002')
  $$, 'PT404', 'image_not_found', 'the service mixes users as little'
);

select * from finish();
rollback;
