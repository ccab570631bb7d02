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
select tests.authenticate_as_subject('auth0|bob');
select throws_ok(
  format('select public.cancel_job(%L)', (select j.id from public.jobs as j)), null, null, 'nobody else cancels'
);
select tests.authenticate_as_subject('auth0|ann');
select public.cancel_job((select j.id from staging.jobs as j));
select results_eq(
  'select status::text, error is not null from staging.images', $$ values ('error', true) $$, 'the document knows one word for both'
);
select results_eq('select status from staging.jobs', $$ values ('failed') $$, 'on its job too');
select is(staging.my_usage() -> 'used', '0', 'and it does not count');

select * from finish();
rollback;
