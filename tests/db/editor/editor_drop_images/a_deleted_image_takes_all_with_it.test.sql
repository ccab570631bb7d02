begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values
  ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}'),
  ('results', 'aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select private.set_setting('api_url', 'http://api.test');
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
select private.claim_jobs('worker-1', 1, array['editor.vectorize']);
select private.complete_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j),
  '{"files": [{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg"}]}'
);
insert into editor.image_operations (image_id, operation_type, api_provider)
values ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local'), ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local');
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['editor.vectorize']);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
delete from editor.images;
select tests.clear_authentication();

select is_empty('select 1 from editor.image_operations', 'its operations are gone');
select set_eq(
  $$ select status, count(*) from public.jobs where type = 'editor.vectorize' group by status $$,
  $$ values ('completed', 1::bigint), ('cancelled', 2) $$, 'open jobs are cancelled'
);
select results_eq(
  'select balance, held from public.credit_accounts', 'values (18, 0)', 'their credits are back'
);
select set_eq(
  $$ select payload from public.jobs where type = 'storage.remove_files' $$,
  $$
    values ('{"bucket": "uploads", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/cat.png"]}'::jsonb),
      ('{"bucket": "results", "paths": ["aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg"]}')
  $$,
  'upload and results will be removed'
);
select throws_ok(
  'select private.complete_job(id, lock_token) from claim', 'PT409', 'lease_lost', 'the worker is told'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
