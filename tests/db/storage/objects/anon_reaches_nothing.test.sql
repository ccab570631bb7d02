begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png');
select tests.authenticate_as_anon();

select is_empty('select 1 from storage.objects', 'no file is there');
select throws_ok(
  $$
    insert into storage.objects (bucket_id, name)
    values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/new.png')
  $$, '42501', null, 'no upload'
);
select is_empty(
  'with changed as (update storage.objects set metadata = null returning 1) select * from changed', 'no change'
);

select * from finish();
rollback;
