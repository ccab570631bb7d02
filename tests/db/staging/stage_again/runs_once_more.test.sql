begin;
select plan(7);

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
select throws_ok($$ select staging.stage_again('99999999-0000-4000-8000-000000000001') $$, 'PT409', 'image_in_work', 'not while it is in work');
select tests.clear_authentication();
select private.fail_job(j.id, j.lock_token, 'The photo is dark.', false) from private.claim_jobs('worker-1', 1) as j;
select tests.authenticate_as_subject('auth0|ann');
select results_eq(
  $$ select room_type, style, status::text from staging.stage_again('99999999-0000-4000-8000-000000000001') $$,
  $$ values ('bedroom', 'modern', 'queued') $$, 'after an error, as it was'
);
select throws_ok($$ select staging.stage_again('99999999-0000-4000-8000-000000000001') $$, 'PT409', 'image_in_work', 'a second click asks for nothing');
select throws_ok(
  $$ select staging.stage_again('99999999-0000-4000-8000-000000000001', array['coastal', 'modern']) $$, 'PT409', 'image_in_work', 'nor for a style that is in work'
);
select is(staging.my_usage() -> 'used', '1', 'what failed does not count');
select tests.clear_authentication();
select private.complete_job(
  j.id, j.lock_token,
  '{"files": [{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/1/t/processed.png"}]}'
)
from private.claim_jobs('worker-1', 1) as j;
select tests.authenticate_as_subject('auth0|ann');
select lives_ok($$ select staging.stage_again('99999999-0000-4000-8000-000000000001') $$, 'one that is ready runs again too');
select is(staging.my_usage() -> 'used', '2', 'and counts');

select * from finish();
rollback;
