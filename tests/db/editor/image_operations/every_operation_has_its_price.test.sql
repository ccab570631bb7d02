begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.image_operations (image_id, operation_type, api_provider, input_data)
values
  ('11111111-0000-4000-8000-000000000001', 'upscale', 'local', null),
  ('11111111-0000-4000-8000-000000000001', 'upscale', 'local', '{"factor": 4}'),
  ('11111111-0000-4000-8000-000000000001', 'background_removal', 'local', '{}'),
  ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local', '{}'),
  ('11111111-0000-4000-8000-000000000001', 'generate', 'local', '{"prompt": " A cat ", "width": 64, "height": 2048}');

select set_eq(
  $$ select type, payload - 'image_id' - 'variant' - 'operation' - 'source', price from public.jobs $$,
  $$
    values
      ('editor.upscale', '{"factor": 2}'::jsonb, 1), ('editor.upscale', '{"factor": 4}', 2),
      ('editor.background_removal', '{}', 1), ('editor.vectorize', '{}', 2),
      ('editor.generate', '{"prompt": "A cat", "width": 64, "height": 2048}', 3)
  $$,
  'five rows of one insert are five jobs'
);
select is(public.my_credits() -> 'held', '9', 'their sum is held');
select is(
  (select j.price from public.jobs as j where j.type = 'editor.generate'),
  (public.quote('editor.generate') ->> 'credits')::integer, 'what was quoted'
);

select * from finish();
rollback;
