begin;
select plan(28);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values
  ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'),
  ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
select tests.authenticate_as_subject('auth0|ann');
select throws_ok(
  format(
    'insert into staging.images (project_id, original_url, %I) values (%L, %L, %s)', c.name,
    '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', c.value
  ),
  '42501', null, 'insert ' || c.name
)
from (
  values
    ('user_id', $$'bbbbbbbb-0000-4000-8000-000000000002'$$), ('status', $$'ready'$$), ('staged_url', $$'x'$$), ('error', $$'x'$$),
    ('files', $$'[]'$$), ('created_at', 'now()'), ('updated_at', 'now()')
) as c (name, value);
select tests.clear_authentication();
insert into staging.images (id, project_id, original_url, room_type, style)
values (
  '99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000001',
  'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'bedroom', 'modern'
);
select tests.authenticate_as_subject('auth0|ann');
select throws_ok(format('update staging.images set %I = null', c.name), '42501', null, 'update ' || c.name)
from unnest(array[
  'id', 'project_id', 'user_id', 'original_url', 'staged_url', 'room_type', 'style', 'status', 'error', 'files'
]) as c (name);
select isnt_empty('select 1 from staging.images', 'their own they see');
select tests.authenticate_as_subject('auth0|bob');
select is_empty('select 1 from staging.images', 'another user does not');
select is_empty('select 1 from staging.jobs', 'nor its job');
select is_empty('with gone as (delete from staging.images returning 1) select * from gone', 'nor delete it');
select tests.authenticate_as_anon();
select throws_ok('select 1 from staging.images', '42501', null, 'anon may not look');
select throws_ok('select 1 from staging.jobs', '42501', null, 'nor at its job');
select throws_ok('delete from staging.images', '42501', null, 'nor delete');
select tests.clear_authentication();
update public.profiles set role = 'admin' where auth0_sub = 'auth0|bob';
select tests.authenticate_as_subject('auth0|bob');
select isnt_empty('select 1 from staging.images', 'an admin sees it');
select isnt_empty('select 1 from staging.jobs', 'and its job');
select throws_ok(
  $$
    insert into staging.images (project_id, original_url)
    values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg')
  $$, 'PT404', 'project_not_found', 'asks for none of others'
);
select isnt_empty('with gone as (delete from staging.images returning 1) select * from gone', 'and may delete it');

select * from finish();
rollback;
