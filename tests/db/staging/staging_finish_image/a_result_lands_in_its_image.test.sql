begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values
  ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'),
  ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
insert into staging.images (id, project_id, original_url, room_type, style)
values (
  '99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000001',
  'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'bedroom', 'modern'
);
select private.set_setting('api_url', 'http://api.test');
select private.claim_jobs('worker-1', 1, array['stage:run']);
select private.start_job(j.id, j.lock_token) from public.jobs as j;
select is((select i.status::text from staging.images as i), 'processing', 'a worker began');
select is((select j.status from staging.jobs as j), 'processing', 'its job too');
select private.complete_job(
  j.id, j.lock_token,
  '{"files": [
    {"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png"},
    {"kind": "thumbnail", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/1/t/thumbnail.webp"}
  ]}'
)
from public.jobs as j;
select results_eq(
  'select status::text, staged_url, error, jsonb_array_length(files) from staging.images',
  $$
    values (
      'ready', 'http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png',
      null::text, 2
    )
  $$, 'the result is shown'
);
select results_eq(
  'select status, started_at is not null, finished_at is not null from staging.jobs', $$ values ('completed', true, true) $$,
  'its job is completed'
);

select * from finish();
rollback;
