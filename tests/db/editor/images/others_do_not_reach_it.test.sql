begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from editor.images', 'another user does not see it');
select is_empty(
  'with changed as (update editor.images set is_favorite = true returning 1) select * from changed',
  'nor change it'
);
select is_empty('with gone as (delete from editor.images returning 1) select * from gone', 'nor delete it');
select throws_ok(
  $$
    insert into editor.images (id, user_id, original_filename)
    values ('11111111-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002', 'x')
    on conflict (id) do update set is_favorite = true
  $$,
  '42501', null, 'nor take it over by an upsert'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.images', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from editor.images', 'an admin sees it');

select * from finish();
rollback;
