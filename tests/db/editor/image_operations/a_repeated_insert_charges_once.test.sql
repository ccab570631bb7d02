begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
select throws_ok(
  $$
    insert into editor.image_operations (id, image_id, operation_type, api_provider)
    values ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local')
  $$,
  '23505', null, 'the same id again is a duplicate'
);
select lives_ok(
  $$
    insert into editor.image_operations (id, image_id, operation_type, api_provider)
    values ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local') on conflict (id) do nothing
  $$,
  'or nothing, where the caller says so'
);
select throws_ok(
  $$
    insert into editor.image_operations (id, image_id, operation_type, api_provider)
    values ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local') on conflict (id) do update set input_data = excluded.input_data
  $$,
  '42501', null, 'an upsert is refused'
);
select is(public.my_credits() -> 'held', '2', 'it is held once');
select is((select count(*) from public.jobs), 1::bigint, 'and one job waits');

select * from finish();
rollback;
