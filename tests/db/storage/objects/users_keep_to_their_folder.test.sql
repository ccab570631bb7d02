begin;
select plan(13);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png'),
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/out.png'),
  ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/dog.png'),
  ('results', 'bbbbbbbb-0000-4000-8000-000000000002/out.png');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select results_eq(
  'select bucket_id, name from storage.objects order by bucket_id',
  $$ values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png') $$,
  'they read their own uploads, and no result that was not delivered'
);
select lives_ok(
  $$
    insert into storage.objects (bucket_id, name)
    values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/new.png')
  $$, 'they upload into their folder'
);
select throws_ok(
  format('insert into storage.objects (bucket_id, name) values (%L, %L)', o.bucket, o.name), '42501', null,
  o.what
)
from (
  values
    ('not into another''s', 'uploads', 'bbbbbbbb-0000-4000-8000-000000000002/new.png'),
    ('not into results', 'results', 'aaaaaaaa-0000-4000-8000-000000000001/new.png'),
    ('not beside the folders', 'uploads', 'new.png'),
    ('not into a folder that begins alike', 'uploads', 'aaaaaaaa-0000-4000-8000-000000000001x/new.png'),
    ('not before the folder', 'uploads', '/aaaaaaaa-0000-4000-8000-000000000001/new.png'),
    ('not with an empty name', 'uploads', '')
) as o (what, bucket, name);
select lives_ok(
  $$ update storage.objects set metadata = '{"size": 1}' where name = 'aaaaaaaa-0000-4000-8000-000000000001/cat.png' $$,
  'they replace their uploads'
);
select throws_ok(
  $$ update storage.objects set name = 'bbbbbbbb-0000-4000-8000-000000000002/cat.png' where name = 'aaaaaaaa-0000-4000-8000-000000000001/cat.png' $$,
  '42501', null,
  'they move none to another folder'
);
select throws_ok(
  $$ update storage.objects set bucket_id = 'results' where name = 'aaaaaaaa-0000-4000-8000-000000000001/cat.png' $$,
  '42501', null, 'nor into results'
);
select is_empty(
  $$ with changed as (update storage.objects set metadata = '{}' where bucket_id = 'results' returning 1) select * from changed $$,
  'results are not theirs to change'
);
select is_empty(
  $$ with changed as (update storage.objects set metadata = '{}' where name like 'bbbbbbbb-0000-4000-8000-000000000002/%' returning 1) select * from changed $$,
  'nor another''s files'
);

select * from finish();
rollback;
