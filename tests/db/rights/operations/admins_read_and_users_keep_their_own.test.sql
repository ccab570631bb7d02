begin;
select plan(8);

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
select is_empty('select 1 from editor.image_operations', 'another user sees none');
select is_empty('select 1 from public.jobs', 'nor its job');
select is_empty('select 1 from public.credit_holds', 'nor its hold');
select throws_ok('update editor.image_operations set status = null', '42501', null, 'nor changes one');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.image_operations', '42501', null, 'anon may not look');
select throws_ok('delete from editor.image_operations', '42501', null, 'nor delete');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from editor.image_operations', 'an admin sees them');
select is_empty(
  'with gone as (delete from editor.image_operations returning 1) select * from gone', 'and deletes none'
);

select * from finish();
rollback;
