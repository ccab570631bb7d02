begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'), ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
select tests.authenticate_as_subject('auth0|ann');
select throws_ok(
  format('select staging.new_upload(%L, %L)', c.project, c.filename), c.code, c.word, c.what
)
from (
  values
    ('another''s project', '88888888-0000-4000-8000-000000000002', 'room.jpg', 'PT404', 'project_not_found'),
    ('no project', null, 'room.jpg', 'PT404', 'project_not_found'),
    ('no name', '88888888-0000-4000-8000-000000000001', null, 'PT400', 'argument_missing'),
    ('a name without a type', '88888888-0000-4000-8000-000000000001', 'room', 'PT400', 'file_type_not_allowed'),
    ('a type that is not taken', '88888888-0000-4000-8000-000000000001', 'room.pdf', 'PT400', 'file_type_not_allowed'),
    ('a drawing with scripts', '88888888-0000-4000-8000-000000000001', 'room.svg', 'PT400', 'file_type_not_allowed'),
    ('a long name', '88888888-0000-4000-8000-000000000001', repeat('r', 252) || '.jpg', 'PT400', 'argument_too_long')
) as c (what, project, filename, code, word);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select staging.new_upload('88888888-0000-4000-8000-000000000001', 'room.jpg') $$, 'PT403', 'not_signed_in', 'a token without a user'
);
select tests.authenticate_as_anon();
select throws_ok($$ select staging.new_upload('88888888-0000-4000-8000-000000000001', 'room.jpg') $$, '42501', null, 'anon');

select * from finish();
rollback;
