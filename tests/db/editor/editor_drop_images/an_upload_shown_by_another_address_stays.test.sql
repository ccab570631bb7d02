begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.images (user_id, original_filename, original_url)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'copy.png', '/storage/v1/object/authenticated/uploads/aaaaaaaa-0000-4000-8000-000000000001/cat.png');
delete from editor.images where id = '11111111-0000-4000-8000-000000000001';

select is_empty(
  $$ select 1 from public.jobs where type = 'storage.remove_files' $$, 'a path and an address are one file'
);

select * from finish();
rollback;
