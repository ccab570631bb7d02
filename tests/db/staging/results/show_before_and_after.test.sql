begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'), ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
insert into staging.images (id, project_id, original_url, room_type, style)
values ('99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'bedroom', 'modern');
select private.set_setting('api_url', 'http://api.test');
insert into staging.images (project_id, original_url) values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
select private.complete_job(
  j.id, j.lock_token,
  '{"files": [{"kind": "thumbnail", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/1/t/t.webp"}, {"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png"}]}'
)
from private.claim_jobs('worker-1', 2) as j where j.subject_id = '99999999-0000-4000-8000-000000000001';
select tests.authenticate_as_subject('auth0|ann');

select results_eq(
  'select image_id, project_id, room_type, style, before_url, after_url, before_path, after_path from staging.results',
  $$
    values (
      '99999999-0000-4000-8000-000000000001'::uuid, '88888888-0000-4000-8000-000000000001'::uuid, 'bedroom', 'modern', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg',
      'http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png',
      'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png'
    )
  $$,
  'of what is ready'
);
select is((select count(*) from staging.images), 2::bigint, 'another is under way');
select tests.authenticate_as_subject('auth0|bob');
select is_empty('select 1 from staging.results', 'nobody else sees it');
select tests.authenticate_as_anon();
select throws_ok('select 1 from staging.results', '42501', null, 'nor anon');
select tests.clear_authentication();
update public.profiles set role = 'admin' where auth0_sub = 'auth0|bob';
select tests.authenticate_as_subject('auth0|bob');
select isnt_empty('select 1 from staging.results', 'an admin does');

select * from finish();
rollback;
