begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'P', 'veo-2');
insert into video.style_presets (user_id, name) values ('aaaaaaaa-0000-4000-8000-000000000001', 'S'), ('bbbbbbbb-0000-4000-8000-000000000002', 'T');
select is((select count(*) from jsonb_object_keys(private.video_export_user('aaaaaaaa-0000-4000-8000-000000000001'))), 12::bigint, 'every table');
select is(private.video_export_user('aaaaaaaa-0000-4000-8000-000000000001') #>> '{video.generations,0,prompt}', 'P', 'with its rows');
select is(private.video_export_user('aaaaaaaa-0000-4000-8000-000000000001') #>> '{video.style_presets,0,name}', 'S', 'their own');
select is(jsonb_array_length(private.video_export_user('aaaaaaaa-0000-4000-8000-000000000001') -> 'video.style_presets'), 1, 'alone');
select is(private.video_export_user('bbbbbbbb-0000-4000-8000-000000000002') -> 'video.generations', '[]'::jsonb, 'or none');
select ok(
  exists (select 1 from private.export_handlers as h where h.handler = 'private.video_export_user'), 'it is registered'
);

select * from finish();
rollback;
