begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.set_setting('storage_limit_mb', '1');
insert into storage.objects (bucket_id, name, metadata)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000000}'),
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/out.png', '{"size": 40000}'),
  ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/dog.png', '{"size": 9000000}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select lives_ok(
  $$
    insert into storage.objects (bucket_id, name, metadata)
    values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/1.png', '{"size": 10000}')
  $$,
  'below the limit there is room, whatever others have'
);
select throws_ok(
  $$
    insert into storage.objects (bucket_id, name)
    values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/2.png')
  $$, '42501', null,
  'above it there is not: uploads and results count'
);
select throws_ok(
  $$ update storage.objects set metadata = '{"size": 1}' where name = 'aaaaaaaa-0000-4000-8000-000000000001/cat.png' $$,
  '42501', null,
  'nor to replace'
);
select isnt_empty('select 1 from storage.objects', 'reading goes on');

select * from finish();
rollback;
