begin;
select plan(19);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into editor.image_collections (id, name, description)
    values ('33333333-0000-4000-8000-000000000001', 'Cats', 'All of them')
  $$, 'who inserts it'
);
select results_eq(
  'select user_id, name, is_public, created_at, updated_at from editor.image_collections',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'Cats', false, now(), now()) $$,
  'with the document''s defaults'
);
select lives_ok(
  $$
    insert into editor.image_collections (id, user_id, name, is_public)
    values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Dogs', false)
    on conflict (id) do update
    set id = excluded.id, user_id = excluded.user_id, name = excluded.name, is_public = excluded.is_public
  $$,
  'an upsert changes it'
);
select is((select c.name from editor.image_collections as c), 'Dogs', 'as it says');
select throws_ok(
  $$ insert into editor.image_collections (user_id, name) values ('bbbbbbbb-0000-4000-8000-000000000002', 'x') $$,
  '42501', null, 'nobody else''s'
);
select throws_ok(
  $$ update editor.image_collections set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$,
  '42501', null, 'nor is it given away'
);
select throws_ok(
  format('update editor.image_collections set %I = now()', c.name), '42501', null, 'update ' || c.name
)
from unnest(array['created_at', 'updated_at']) as c (name);

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from editor.image_collections', 'another user does not see it');
select is_empty(
  'with changed as (update editor.image_collections set name = ''x'' returning 1) select * from changed',
  'nor change it'
);
select is_empty(
  'with gone as (delete from editor.image_collections returning 1) select * from gone', 'nor delete it'
);
select throws_ok(
  $$
    insert into editor.image_collections (id, name) values ('33333333-0000-4000-8000-000000000001', 'x')
    on conflict (id) do update set name = excluded.name
  $$,
  '42501', null, 'nor take it over by an upsert'
);
select throws_ok(
  format('insert into editor.image_collections (user_id, name) values (%L, ''x'')', gen_random_uuid()), '42501', null,
  'nor is told who there is'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ update editor.image_collections set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$, '42501', 'owner_is_fixed',
  'the service moves none'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  'insert into editor.image_collections (name) values (''x'')', 'PT403', 'profile_missing', 'a user needs a profile'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.image_collections', '42501', null, 'anon may not look');
select throws_ok('insert into editor.image_collections (name) values (''x'')', '42501', null, 'nor write');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from editor.image_collections', 'an admin sees it');
select isnt_empty(
  'with gone as (delete from editor.image_collections returning 1) select * from gone', 'and may take it down'
);

select * from finish();
rollback;
