begin;
select plan(4);

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
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider, input_data)
    values ('11111111-0000-4000-8000-000000000001', 'upscale', 'local', '{"factor": 3}')
  $$,
  'PT400', 'input_invalid', 'an unknown factor'
);
select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider)
    values ('11111111-0000-4000-8000-000000000001', 'colorize', 'local')
  $$,
  'PT400', 'input_invalid', 'an unknown operation'
);
select is_empty('select 1 from public.jobs', 'no job');
select is(public.my_credits() -> 'held', '0', 'no credits');

select * from finish();
rollback;
