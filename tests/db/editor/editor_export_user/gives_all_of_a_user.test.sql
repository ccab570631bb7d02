begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into editor.images (id, user_id, original_filename)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'dog.png');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into editor.image_operations (image_id, operation_type, api_provider, input_data)
values ('11111111-0000-4000-8000-000000000001', 'generate', 'local', '{"prompt": "A cat"}');
insert into editor.image_collections (id, user_id, name)
values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Cats');
insert into editor.image_collection_items (collection_id, image_id)
values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001');
select results_eq(
  $$
    select e.key, jsonb_array_length(e.value)
    from jsonb_each(private.editor_export_user('aaaaaaaa-0000-4000-8000-000000000001')) as e order by 1
  $$,
  $$
    values
      ('editor.image_collection_items', 1), ('editor.image_collections', 1), ('editor.image_operations', 1),
      ('editor.image_pipelines', 0), ('editor.images', 1)
  $$,
  'a table, its rows'
);
select is(
  jsonb_path_query_array(
    private.editor_export_user('bbbbbbbb-0000-4000-8000-000000000002'), '$.*[*].original_filename'
  ),
  '["dog.png"]', 'nobody else''s'
);
select isnt_empty($$ select 1 from private.export_handlers where handler = 'private.editor_export_user' $$, 'it is registered');

select * from finish();
rollback;
