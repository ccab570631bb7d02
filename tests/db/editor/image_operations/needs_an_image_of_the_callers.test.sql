begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 10, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider)
    values ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local')
  $$,
  'PT404', 'image_not_found', 'another user''s image is none'
);
select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider)
    values ('22222222-0000-4000-8000-000000000001', 'vectorize', 'local')
  $$,
  'PT404', 'image_not_found', 'nor an unknown one'
);
select throws_ok(
  $$ insert into editor.image_operations (operation_type, api_provider) values ('vectorize', 'local') $$,
  'PT404', 'image_not_found', 'nor none'
);
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider)
    values ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local')
  $$,
  'PT404', 'image_not_found', 'an admin spends nobody''s credits either'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider)
    values ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local')
  $$,
  '42501', null, 'anon may not ask'
);

select * from finish();
rollback;
