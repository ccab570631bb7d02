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
create temporary table result (what text, body jsonb);
insert into result
values
  ('none', '{}'), ('no list', '{"files": 1}'),
  ('another''s folder', '{"files": [{"kind": "processed", "bucket": "results", "path": "bbbbbbbb-0000-4000-8000-000000000002/1/t/processed.png"}]}'),
  ('another bucket', '{"files": [{"kind": "processed", "bucket": "uploads", "path": "aaaaaaaa-0000-4000-8000-000000000001/room.jpg"}]}'),
  ('a way out', '{"files": [{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/x.png"}]}');
create function pg_temp.finish(p_result jsonb) returns void language plpgsql as $$
declare
  v_job public.jobs;
begin
  select * into v_job from public.jobs;
  v_job.result := p_result;
  perform private.staging_finish_image(v_job);
end;
$$;
select throws_ok(format('select pg_temp.finish(%L)', r.body), 'PT422', 'result_invalid', r.what) from result as r;
select is((select i.staged_url from staging.images as i), null, 'nothing is shown');

select * from finish();
rollback;
