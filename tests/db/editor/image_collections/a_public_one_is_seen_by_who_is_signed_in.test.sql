begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into editor.images (id, user_id, original_filename, processed_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.png'
);
insert into editor.image_collections (id, user_id, name, is_public)
values
  ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Public', true),
  ('33333333-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'Private', false),
  ('33333333-0000-4000-8000-000000000003', 'aaaaaaaa-0000-4000-8000-000000000001', 'Neither', null);
insert into editor.image_collection_items (collection_id, image_id)
values ('33333333-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001');

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq('select name from editor.image_collections', $$ values ('Public') $$, 'the public one alone');
select is_empty('select 1 from editor.image_collection_items', 'not its items');
select is_empty('select 1 from editor.images', 'not its images');
select is_empty('select 1 from editor.image_operations', 'nor what was done to them');
select is_empty(
  'with changed as (update editor.image_collections set name = ''x'' returning 1) select * from changed',
  'nobody else changes it'
);
select is_empty('with gone as (delete from editor.image_collections returning 1) select * from gone', 'or deletes it');
select throws_ok(
  $$
    insert into editor.image_collections (id, name) values ('33333333-0000-4000-8000-000000000001', 'x')
    on conflict (id) do update set name = excluded.name
  $$,
  '42501', null, 'or takes it over'
);
select is_empty(
  $$ select 1 from public.profiles where id = 'aaaaaaaa-0000-4000-8000-000000000001' $$, 'its owner stays unknown'
);
select tests.authenticate_as_subject('auth0|nobody');
select is_empty('select 1 from editor.image_collections', 'a token without a user sees none');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.image_collections', '42501', null, 'anon may not look');

select * from finish();
rollback;
