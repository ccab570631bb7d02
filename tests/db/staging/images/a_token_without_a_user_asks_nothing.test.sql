begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg'), ('uploads', 'bbbbbbbb-0000-4000-8000-000000000002/room.jpg');
insert into staging.projects (id, user_id, name)
values
  ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'),
  ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');

select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$
    insert into staging.images (project_id, original_url)
    values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg')
  $$, 'PT404', 'project_not_found', 'not for others either'
);
select tests.clear_authentication();
select is_empty('select 1 from staging.images', 'no image');
select is_empty('select 1 from public.jobs', 'no job');

select * from finish();
rollback;
