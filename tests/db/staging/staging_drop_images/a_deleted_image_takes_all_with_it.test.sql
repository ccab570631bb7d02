begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg'), ('results', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png');
-- A worker was killed before it could say what it had stored.
insert into storage.objects (bucket_id, name)
values
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/99999999-0000-4000-8000-000000000001/dead/processed.png'),
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/99999999-0000-4000-8000-000000000009/other/processed.png'),
  ('results', 'bbbbbbbb-0000-4000-8000-000000000002/99999999-0000-4000-8000-000000000001/bobs/processed.png');
insert into staging.projects (id, user_id, name)
values
  ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'),
  ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
insert into storage.objects (bucket_id, name) values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/hall.jpg');
insert into staging.images (id, project_id, original_url)
values
  ('99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg'),
  ('99999999-0000-4000-8000-000000000002', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg'),
  ('99999999-0000-4000-8000-000000000003', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/hall.jpg');
-- An id is its user's to choose: another product's work may have the same.
insert into public.job_types (type) values ('test.work');
insert into public.jobs (user_id, type, subject_id, status, result, deadline, finished_at)
values (
  'aaaaaaaa-0000-4000-8000-000000000001', 'test.work', '99999999-0000-4000-8000-000000000001', 'completed',
  '{"files": [{"path": "aaaaaaaa-0000-4000-8000-000000000001/99999999-0000-4000-8000-000000000001/done/processed.png"}]}', now(), now()
);
insert into storage.objects (bucket_id, name)
values ('results', 'aaaaaaaa-0000-4000-8000-000000000001/99999999-0000-4000-8000-000000000001/done/processed.png');
update staging.images
set files = '[{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png"}]'
where id = '99999999-0000-4000-8000-000000000001';
select tests.authenticate_as_subject('auth0|ann');
delete from staging.images where id = '99999999-0000-4000-8000-000000000001';
select results_eq(
  'select status, error from public.jobs where subject_id = ''99999999-0000-4000-8000-000000000001'' and type = ''stage:run''',
  $$ values ('cancelled', 'The image was deleted.') $$, 'its job ends'
);
select results_eq(
  'select payload from public.jobs where type = ''storage.remove_files''',
  $$
    values (
      '{"bucket": "results", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png",
        "aaaaaaaa-0000-4000-8000-000000000001/99999999-0000-4000-8000-000000000001/dead/processed.png"]}'::jsonb
    )
  $$,
  'its results go, and what a killed worker left; an upload that another image shows stays'
);
delete from staging.projects;
select is_empty('select 1 from staging.images', 'a project takes its images along');
select is_empty('select 1 from public.jobs where type = ''stage:run'' and status <> ''cancelled''', 'and their jobs');
select results_eq(
  'select payload from public.jobs where type = ''storage.remove_files'' and payload ->> ''bucket'' = ''uploads''',
  $$
    values (
      '{"bucket": "uploads", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/hall.jpg", "aaaaaaaa-0000-4000-8000-000000000001/room.jpg"]}'::jsonb
    )
  $$, 'and their uploads'
);

select * from finish();
rollback;
