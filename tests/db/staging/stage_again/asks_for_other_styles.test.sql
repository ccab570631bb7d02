begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'), ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
insert into staging.images (id, project_id, original_url, room_type, style)
values ('99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'bedroom', 'modern');
select tests.authenticate_as_subject('auth0|ann');

select set_eq(
  $$ select project_id, original_url, room_type, style, status::text from staging.stage_again('99999999-0000-4000-8000-000000000001', array['coastal', 'luxury']) $$,
  $$
    values
      ('88888888-0000-4000-8000-000000000001'::uuid, 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'bedroom', 'coastal', 'queued'),
      ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'bedroom', 'luxury', 'queued')
  $$,
  'of the same photo, also while the first is in work'
);
select is((select count(*) from staging.jobs), 3::bigint, 'each has its job');
select is(staging.my_usage() -> 'used', '3', 'and counts');
select isnt_empty($$ select 1 from staging.images where id = '99999999-0000-4000-8000-000000000001' $$, 'the first stays');

select * from finish();
rollback;
