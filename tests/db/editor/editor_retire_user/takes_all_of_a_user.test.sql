begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name)
values ('results', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png');
insert into editor.images (id, user_id, original_filename, processed_url)
values
  (
    '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
    'aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png'
  ),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'dog.png', null);
insert into editor.image_collections (id, user_id, name, is_public)
values
  ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Cats', true),
  ('33333333-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Dogs', true);
insert into editor.image_collection_items (collection_id, image_id)
values
  ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001'),
  ('33333333-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002');
select isnt_empty('select 1 from public.shared_files', 'something is shared');
select tests.delete_user('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq('select original_filename from editor.images', $$ values ('dog.png') $$, 'images');
select results_eq('select name from editor.image_collections', $$ values ('Dogs') $$, 'collections');
select is((select count(*) from editor.image_collection_items), 1::bigint, 'their items');
select is_empty('select 1 from public.shared_files', 'and what they shared');

select * from finish();
rollback;
