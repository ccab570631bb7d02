begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values
  ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'),
  ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
select tests.authenticate_as_subject('auth0|ann');
select lives_ok(
  $$
    insert into staging.images (id, project_id, original_url, room_type, style)
    values (
      '99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000001',
      '/storage/v1/object/authenticated/uploads/aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'bedroom', 'modern'
    )
  $$, 'an insert'
);
select results_eq(
  'select user_id, status::text, staged_url, error, created_at, updated_at from staging.images',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'queued', null::text, null::text, now(), now()) $$, 'is queued'
);
select results_eq(
  'select image_id, type, payload_json, status, error, created_at, started_at, finished_at from staging.jobs',
  $$
    values (
      '99999999-0000-4000-8000-000000000001'::uuid, 'stage:run',
      '{
        "operation": "stage", "image_id": "99999999-0000-4000-8000-000000000001", "room_type": "bedroom", "style": "modern",
        "source": {"bucket": "uploads", "path": "aaaaaaaa-0000-4000-8000-000000000001/room.jpg"}
      }'::jsonb,
      'queued', null::text, now(), null::timestamptz, null::timestamptz
    )
  $$, 'with its job'
);
select results_eq(
  'select user_id, price, hold_id from public.jobs',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 0, null::uuid) $$, 'which takes no credits'
);
select lives_ok(
  $$
    insert into staging.images (project_id, original_url)
    values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg')
  $$, 'room and style may be left open, and one photo staged twice'
);
select lives_ok(
  $$
    insert into staging.images (id, project_id, original_url)
    values (
      '99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000001',
      'aaaaaaaa-0000-4000-8000-000000000001/room.jpg'
    )
    on conflict (id) do nothing
  $$, 'an insert that is repeated'
);
select is((select count(*) from public.jobs), 2::bigint, 'asks for nothing');

select * from finish();
rollback;
