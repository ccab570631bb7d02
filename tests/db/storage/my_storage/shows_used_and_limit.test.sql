begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.set_setting('storage_limit_mb', '10');
insert into storage.objects (bucket_id, name, metadata)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}'),
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/sub/out.png', '{"size": 500}'),
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/none.png', null),
  ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/dog.png', '{"size": 7}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(public.my_storage(), '{"used_bytes": 1500, "limit_bytes": 10485760}'::jsonb, 'of both buckets');
select tests.authenticate('authenticated', '{}');
select throws_ok('select public.my_storage()', 'PT403', 'not_signed_in', 'nobody has none');
select tests.authenticate_as_anon();
select throws_ok('select public.my_storage()', '42501', null, 'anon may not ask');

select * from finish();
rollback;
