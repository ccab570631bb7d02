begin;
select plan(3);

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
select private.claim_jobs('worker-1', 1, array['stage:run']);
select private.start_job(j.id, j.lock_token) from public.jobs as j;
select private.fail_job(j.id, j.lock_token, 'Busy.') from public.jobs as j;
select is((select i.status::text from staging.images as i), 'processing', 'a retry is not a failure');
update public.jobs set run_at = now();
update private.job_lanes set next_at = now(), low_run_at = '-infinity';
select private.claim_jobs('worker-1', 1, array['stage:run']);
select private.fail_job(j.id, j.lock_token, 'This is no room.', false) from public.jobs as j;
select results_eq(
  'select status::text, error, staged_url from staging.images', $$ values ('error', 'This is no room.', null::text) $$, 'its words are shown'
);
select results_eq('select status, error from staging.jobs', $$ values ('failed', 'This is no room.') $$, 'with its job');

select * from finish();
rollback;
