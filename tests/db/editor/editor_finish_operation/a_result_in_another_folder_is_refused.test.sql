begin;
select plan(14);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
select private.claim_jobs('worker-1', 1, array['editor.vectorize']);
create function pg_temp.file(p_job public.jobs, p_bucket text, p_path text) returns jsonb language sql as $$
  select private.result_file(
    json_populate_record(p_job, json_build_object('result', json_build_object('files', json_build_array(
      json_build_object('kind', 'processed', 'bucket', p_bucket, 'path', p_path)
    )))),
    'processed'
  );
$$;

select is(pg_temp.file(j, f.bucket, f.path), null, f.bucket || ' ' || coalesce(f.path, 'null'))
from public.jobs as j cross join (
  values
    ('results', 'bbbbbbbb-0000-4000-8000-000000000002/out.svg'), ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/out.svg'), ('results', 'aaaaaaaa-0000-4000-8000-000000000001/../bbbbbbbb-0000-4000-8000-000000000002/out.svg'), ('results', '/aaaaaaaa-0000-4000-8000-000000000001/out.svg'),
    ('results', 'aaaaaaaa-0000-4000-8000-000000000001/..'), ('results', 'out.svg'), ('results', ''), ('results', null), ('other', 'aaaaaaaa-0000-4000-8000-000000000001/out.svg')
) as f (bucket, path);
select isnt(pg_temp.file(j, 'results', 'aaaaaaaa-0000-4000-8000-000000000001/out.svg'), null, 'the user''s own folder is taken') from public.jobs as j;

select private.complete_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j),
  '{"files": [{"kind": "processed", "bucket": "results", "path": "bbbbbbbb-0000-4000-8000-000000000002/out.svg"}]}'
);
select is(
  (select o.status from editor.image_operations as o), 'pending', 'the operation is not finished by it'
);
select is((select i.processed_url from editor.images as i), null, 'the image does not show it');
select is(
  (select a.held from public.credit_accounts as a where a.user_id = 'aaaaaaaa-0000-4000-8000-000000000001'), 2,
  'nothing is charged'
);
select alike((select e.error from private.handler_errors as e), '%result_invalid%', 'operators see why');

select * from finish();
rollback;
