begin;
select plan(15);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values
  ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'),
  ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
insert into storage.objects (bucket_id, name) values ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/room.jpg');
update staging.options set is_active = false where code = 'luxury';
select tests.authenticate_as_subject('auth0|ann');
select throws_ok(
  format(
    'insert into staging.images (project_id, original_url, room_type, style) values (%L, %L, %L, %L)',
    c.project, c.url, c.room_type, c.style
  ),
  c.code, c.word, c.what
)
from (
  values
    ('another''s project', 'PT404', 'project_not_found', '88888888-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', null, null),
    ('an unknown project', 'PT404', 'project_not_found', gen_random_uuid()::text, 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', null, null),
    ('no project', 'PT404', 'project_not_found', null, 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', null, null),
    ('no photo', 'PT400', 'source_not_in_storage', '88888888-0000-4000-8000-000000000001', null, null, null),
    ('a blank photo', 'PT400', 'source_not_in_storage', '88888888-0000-4000-8000-000000000001', '', null, null),
    ('another''s photo', 'PT400', 'source_not_in_storage', '88888888-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002/room.jpg', null, null),
    ('an address elsewhere', 'PT400', 'source_not_in_storage', '88888888-0000-4000-8000-000000000001', 'http://169.254.169.254/room.jpg', null, null),
    ('a photo that is not there', 'PT404', 'upload_not_found', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/none.jpg', null, null),
    ('an unknown room', 'PT400', 'input_invalid', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'dungeon', null),
    ('a style for a room', 'PT400', 'input_invalid', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'modern', null),
    ('an unknown style', 'PT400', 'input_invalid', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', null, repeat('x', 100000)),
    ('a style that is offered no more', 'PT400', 'input_invalid', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', null, 'luxury')
) as c (what, code, word, project, url, room_type, style);
select tests.clear_authentication();
update public.profiles set is_active = false where auth0_sub = 'auth0|ann';
select tests.authenticate_as_subject('auth0|ann');
select throws_ok(
  $$
    insert into staging.images (project_id, original_url)
    values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg')
  $$, 'PT403', 'account_suspended', 'a suspended user'
);
select is_empty('select 1 from staging.images', 'no image');
select is_empty('select 1 from public.jobs', 'no job');

select * from finish();
rollback;
