begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select private.set_setting('api_url', 'http://api.test');
select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider, input_data)
    values ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local', '{"source": "processed"}')
  $$,
  'PT422', 'nothing_processed_yet', 'not before there is one'
);
update editor.images set processed_url = private.object_url('results', 'aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.png');
insert into editor.image_operations (image_id, operation_type, api_provider, input_data)
values ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local', '{"source": "processed"}');

select is(
  (select j.payload -> 'source' from public.jobs as j),
  '{"bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.png"}'::jsonb,
  'then it can'
);

select * from finish();
rollback;
