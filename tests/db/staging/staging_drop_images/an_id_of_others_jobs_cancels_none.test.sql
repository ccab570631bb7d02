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

-- Ids are the callers' to choose: Bob's image has the id of what Ann asked elsewhere.
insert into public.job_types (type) values ('test.work');
insert into public.jobs (user_id, type, subject_id, deadline, due_at)
values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', '99999999-0000-4000-8000-000000000001', now() + interval '1 hour', now()),
  ('bbbbbbbb-0000-4000-8000-000000000002', 'test.work', '99999999-0000-4000-8000-000000000001', now() + interval '1 hour', now());
select tests.authenticate_as_subject('auth0|bob');
insert into staging.images (id, project_id, original_url)
values (
  '99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002/room.jpg'
);
delete from staging.images;
select tests.clear_authentication();
select is((select count(*) from public.jobs where status = 'cancelled'), 1::bigint, 'one job ends');
select is((select j.type from public.jobs as j where j.status = 'cancelled'), 'stage:run', 'the image''s own');
select is((select count(*) from public.jobs where type = 'test.work' and finished_at is null), 2::bigint, 'others go on');

select * from finish();
rollback;
