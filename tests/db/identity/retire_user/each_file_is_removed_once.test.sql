begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into storage.objects (bucket_id, name)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png'), ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg'), ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/nobody.png'),
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/out.png');
insert into editor.images (id, user_id, original_filename, original_url)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png');
insert into staging.projects (id, user_id, name) values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa');
insert into staging.images (id, project_id, original_url) values ('99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
update staging.images set files = '[{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/1/t/out.png"}]';
insert into video.style_presets (user_id, name, thumbnail_url) values ('aaaaaaaa-0000-4000-8000-000000000001', 'S', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png');
select private.retire_user('aaaaaaaa-0000-4000-8000-000000000001');

select results_eq(
  $$ select payload from public.jobs where type = 'storage.remove_files' and payload ->> 'bucket' = 'uploads' $$,
  $$
    values (
      '{"bucket": "uploads", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/cat.png", "aaaaaaaa-0000-4000-8000-000000000001/nobody.png", "aaaaaaaa-0000-4000-8000-000000000001/room.jpg"]}'::jsonb
    )
  $$, 'one job has all uploads'
);
select results_eq(
  $$ select payload from public.jobs where type = 'storage.remove_files' and payload ->> 'bucket' = 'results' $$,
  $$ values ('{"bucket": "results", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/1/t/out.png"]}'::jsonb) $$, 'one has all results'
);
select is((select l.queued from private.job_lanes as l where l.type = 'storage.remove_files'), 2, 'and nothing else waits');

select * from finish();
rollback;
