begin;
select plan(3);

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
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
delete from editor.image_operations;
select tests.clear_authentication();
select isnt_empty('select 1 from editor.image_operations', 'another user deletes none');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
delete from editor.image_operations;

select is((select j.status from public.jobs as j), 'cancelled', 'its job ended');
select is(
  public.my_credits(), '{"settled": 10, "held": 0, "available": 10, "debt": 0}'::jsonb, 'the credits are back'
);

select * from finish();
rollback;
