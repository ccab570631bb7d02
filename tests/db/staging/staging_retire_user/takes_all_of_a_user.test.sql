begin;
select plan(6);

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
select results_eq(
  $$
    select e.key, jsonb_array_length(e.value)
    from jsonb_each(private.staging_export_user('aaaaaaaa-0000-4000-8000-000000000001')) as e order by 1
  $$,
  $$ values ('staging.images', 1), ('staging.projects', 1) $$, 'an export has all of a user'
);
select is(
  jsonb_path_query_array(private.staging_export_user('bbbbbbbb-0000-4000-8000-000000000002'), '$.*[*].name'), '["Flat"]',
  'and nobody else''s'
);
select isnt_empty($$ select 1 from private.export_handlers where handler = 'private.staging_export_user' $$, 'it is registered');
select private.retire_user('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty('select 1 from staging.images', 'who leaves takes their images along');
select results_eq('select name from staging.projects', $$ values ('Flat') $$, 'and their projects');
select results_eq('select status from public.jobs where type = ''stage:run''', $$ values ('cancelled') $$, 'open work ends');

select * from finish();
rollback;
