begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png'), ('results', 'aaaaaaaa-0000-4000-8000-000000000001/out.png'), ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/dog.png');
-- As the storage service deletes.
select set_config('storage.allow_delete_query', 'true', true);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'with gone as (delete from storage.objects returning bucket_id, name) select * from gone',
  $$ values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png') $$, 'of all that is there'
);

select * from finish();
rollback;
