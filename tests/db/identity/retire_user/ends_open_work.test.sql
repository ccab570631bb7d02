begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}'),
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/nobody/names/it.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
insert into public.job_types (type) values ('test.work');
insert into public.metered_operations (operation, credits) values ('test.work', 5);
select private.request_jobs(array[
  row('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', gen_random_uuid(), '{}', 'test.work', null, 1)
]::private.job_request[]);
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 3);
select tests.delete_user('aaaaaaaa-0000-4000-8000-000000000001');

select is_empty(
  $$ select 1 from public.jobs where finished_at is null and type <> 'storage.remove_files' $$, 'no job is open'
);
select set_eq(
  $$ select type, status from public.jobs where type <> 'storage.remove_files' $$,
  $$ values ('editor.vectorize', 'cancelled'), ('test.work', 'cancelled') $$, 'they were cancelled'
);
select results_eq(
  'select balance, held from public.credit_accounts', 'values (100, 0)', 'the credits are back'
);
select is_empty('select 1 from editor.images', 'the pictures are gone');
select set_eq(
  $$ select payload from public.jobs where type = 'storage.remove_files' and finished_at is null $$,
  $$
    values
      ('{"bucket": "uploads", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/cat.png"]}'::jsonb),
      ('{"bucket": "results", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/nobody/names/it.png"]}')
  $$,
  'their files will be'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
