begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'), ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
select tests.authenticate_as_subject('auth0|ann');
create temporary table upload as select staging.new_upload('88888888-0000-4000-8000-000000000001', 'Living Room.JPG') as place;

select matches(
  (select u.place ->> 'path' from upload as u),
  '^aaaaaaaa-0000-4000-8000-000000000001/88888888-0000-4000-8000-000000000001/[0-9a-f]{8}-[0-9a-f-]{27}[.]jpg$', 'in the caller''s folder, under a name that nobody has'
);
select is(
  (select u.place - 'path' from upload as u),
  '{"bucket": "uploads", "content_type": "image/jpeg", "max_bytes": 26214400}', 'with what the bucket takes'
);
select lives_ok(
  $$ insert into storage.objects (bucket_id, name) select 'uploads', u.place ->> 'path' from upload as u $$,
  'the storage policies let them put a file there'
);
select lives_ok(
  $$
    insert into staging.images (project_id, original_url)
    select '88888888-0000-4000-8000-000000000001', u.place ->> 'path' from upload as u
  $$, 'and an image shows it'
);
select isnt(
  staging.new_upload('88888888-0000-4000-8000-000000000001', 'Living Room.JPG') ->> 'path', (select u.place ->> 'path' from upload as u),
  'a second call names another'
);
select tests.authenticate_as_subject('auth0|bob');
select throws_ok(
  $$ insert into storage.objects (bucket_id, name) values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/88888888-0000-4000-8000-000000000001/x.jpg') $$, '42501', null,
  'which nobody else may sign'
);

select * from finish();
rollback;
