begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name)
values ('results', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png');
insert into public.shared_files (bucket_id, name, subject_id, user_id)
values (
  'results', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png', gen_random_uuid(),
  'aaaaaaaa-0000-4000-8000-000000000001'
);
select throws_ok(
  format(
    'insert into public.shared_files (bucket_id, name, subject_id, user_id) values (%L, %L, gen_random_uuid(), %L)',
    c.bucket, c.name, 'aaaaaaaa-0000-4000-8000-000000000001'
  ),
  '23514', null, c.what
)
from (
  values
    ('no upload is shared', 'uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png'),
    ('nor another''s file', 'results', 'bbbbbbbb-0000-4000-8000-000000000002/1/t/processed.png')
) as c (what, bucket, name);
-- As the storage service deletes.
select set_config('storage.allow_delete_query', 'true', true);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from storage.objects', 'a shared file is read');
select is_empty(
  'with changed as (update storage.objects set metadata = ''{}'' returning 1) select * from changed', 'not changed'
);
select is_empty('with gone as (delete from storage.objects returning 1) select * from gone', 'not removed');
select throws_ok(
  $$
    insert into public.shared_files (bucket_id, name, subject_id, user_id)
    values ('results', 'bbbbbbbb-0000-4000-8000-000000000002/x', gen_random_uuid(), 'bbbbbbbb-0000-4000-8000-000000000002')
  $$,
  '42501', null, 'nobody shares by hand'
);
select throws_ok('update public.shared_files set name = name', '42501', null, 'or changes what is shared');
select throws_ok('delete from public.shared_files', '42501', null, 'or takes it away');

select * from finish();
rollback;
