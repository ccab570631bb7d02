begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select is_empty('select private.editor_due_images()', 'nothing is due before');
select private.editor_expire_image('11111111-0000-4000-8000-000000000001');
select isnt_empty('select 1 from editor.images', 'nor is it removed before');
select set_eq(
  $$ select private.editor_due_images(now() + interval '30 days') $$, array['11111111-0000-4000-8000-000000000001']::uuid[], 'then it is due'
);
select private.editor_expire_image('11111111-0000-4000-8000-000000000001', now() + interval '30 days');
select is_empty('select 1 from editor.images', 'it is gone');
select results_eq(
  $$ select payload from public.jobs where type = 'storage.remove_files' $$,
  $$ values ('{"bucket": "uploads", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/cat.png"]}'::jsonb) $$, 'its files go through the Storage API'
);

select * from finish();
rollback;
