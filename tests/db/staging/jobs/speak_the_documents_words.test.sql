begin;
select plan(11);

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
insert into public.job_types (type) values ('test.work');
insert into public.jobs (user_id, type, deadline, due_at) values ('aaaaaaaa-0000-4000-8000-000000000001', 'test.work', now(), now());
create function pg_temp.shown(p_status text) returns text language sql as $$
  update public.jobs set
    status = p_status,
    lock_token = case p_status when 'processing' then gen_random_uuid() end,
    lease_expires_at = case p_status when 'processing' then now() end,
    finished_at = case when p_status in ('completed', 'failed', 'cancelled') then now() end,
    due_at = case when p_status in ('completed', 'failed', 'cancelled') then null else now() end
  where type = 'stage:run';
  select j.status from staging.jobs as j;
$$;
select is(pg_temp.shown(c.status), c.shown, c.status)
from (
  values
    ('processing', 'processing'), ('waiting', 'processing'), ('completed', 'completed'), ('failed', 'failed'),
    ('cancelled', 'failed'), ('queued', 'queued')
) as c (status, shown);
select is((select count(*) from staging.jobs), 1::bigint, 'other jobs are not staging''s');
select tests.authenticate_as_subject('auth0|ann');
select is((select count(*) from staging.jobs), 1::bigint, 'a user sees their own');
select throws_ok('insert into staging.jobs (type) values (''stage:run'')', '42501', null, 'and inserts none');
select throws_ok('update staging.jobs set payload_json = ''{}''', '42501', null, 'changes none');
select throws_ok('delete from staging.jobs', '42501', null, 'deletes none');

select * from finish();
rollback;
