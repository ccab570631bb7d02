begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.image_operations (image_id, operation_type, api_provider)
values ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local'), ('11111111-0000-4000-8000-000000000001', 'background_removal', 'local');
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['editor.vectorize']);
select private.fail_job(id, lock_token, 'No.', false) from claim;
select is((select i.processing_status from editor.images as i), 'processing', 'one failed, one is open');
drop table claim;
create temporary table claim as select * from private.claim_jobs('worker-1', 1, array['editor.background_removal']);
select private.complete_job(id, lock_token, '{"files": [{"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/out.png"}]}') from claim;

select results_eq(
  'select processing_status, processing_error from editor.images', $$ values ('completed', null::text) $$,
  'the last to end decides'
);

select * from finish();
rollback;
