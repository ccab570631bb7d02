begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
insert into storage.objects (bucket_id, name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg');
insert into staging.projects (id, user_id, name)
values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa'), ('88888888-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Flat');
insert into staging.images (id, project_id, original_url, room_type, style)
values ('99999999-0000-4000-8000-000000000001', '88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/room.jpg', 'bedroom', 'modern');
update public.plans set monthly_limit = 2 where code = 'free';
select tests.authenticate_as_subject('auth0|ann');
select throws_ok(
  format('select staging.stage_again(%L, %L)', c.image, c.styles), c.code, c.word, c.what
)
from (
  values
    ('no image', null, '{coastal}', 'PT404', 'image_not_found'),
    ('an unknown image', gen_random_uuid()::text, '{coastal}', 'PT404', 'image_not_found'),
    ('no style', '99999999-0000-4000-8000-000000000001', '{}', 'PT400', 'batch_invalid'),
    ('a style twice', '99999999-0000-4000-8000-000000000001', '{coastal,coastal}', 'PT400', 'batch_invalid'),
    ('21 styles', '99999999-0000-4000-8000-000000000001', (select array_agg('s' || n)::text from generate_series(1, 21) as n), 'PT400', 'batch_invalid'),
    ('an unknown style', '99999999-0000-4000-8000-000000000001', '{dungeon}', 'PT400', 'input_invalid'),
    ('more than the plan has', '99999999-0000-4000-8000-000000000001', '{coastal,luxury}', 'PT403', 'monthly_limit_reached')
) as c (what, image, styles, code, word);
select is((select count(*) from staging.images), 1::bigint, 'nothing was asked for');
select tests.authenticate_as_subject('auth0|bob');
select throws_ok($$ select staging.stage_again('99999999-0000-4000-8000-000000000001', array['coastal']) $$, 'PT404', 'image_not_found', 'another''s image');
select tests.authenticate_as_anon();
select throws_ok($$ select staging.stage_again('99999999-0000-4000-8000-000000000001') $$, '42501', null, 'anon');
select tests.clear_authentication();
update storage.objects set name = name || '.gone';
select tests.authenticate_as_subject('auth0|ann');
select throws_ok($$ select staging.stage_again('99999999-0000-4000-8000-000000000001', array['coastal']) $$, 'PT404', 'upload_not_found', 'a photo that is gone');

select * from finish();
rollback;
