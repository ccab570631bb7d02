begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png');
insert into editor.image_collections (id, user_id, name)
values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Cats');
insert into editor.image_collection_items (collection_id, image_id)
values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from editor.image_collection_items', 'another user does not see it');
select is_empty(
  'with gone as (delete from editor.image_collection_items returning 1) select * from gone', 'nor take it out'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.image_collection_items', '42501', null, 'anon may not look');
select throws_ok('delete from editor.image_collection_items', '42501', null, 'nor delete');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from editor.image_collection_items', 'an admin sees it');
select is_empty(
  'with gone as (delete from editor.image_collection_items returning 1) select * from gone', 'and leaves it'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select isnt_empty(
  'with gone as (delete from editor.image_collection_items returning 1) select * from gone', 'its user takes it out'
);
select isnt_empty('select 1 from editor.images', 'the image stays');

select * from finish();
rollback;
