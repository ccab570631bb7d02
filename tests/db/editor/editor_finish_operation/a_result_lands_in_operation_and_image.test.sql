begin;
select plan(3);

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
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
select private.set_setting('api_url', 'http://api.test');
update public.api_costs set cost_per_operation = 0.25 where api_provider = 'local' and operation_type = 'vectorize';
select private.claim_jobs('worker-1', 1, array['editor.vectorize']);
create temporary table result (body jsonb);
insert into result values (
  '{
    "files": [
      {"kind": "processed", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg", "content_type": "image/svg+xml"},
      {"kind": "thumbnail", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/o/t/thumbnail.png"}
    ],
    "provider": "local", "processing_time": 1.23
  }'
);
select private.complete_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), body) from result;

select results_eq(
  $$
    select status, output_data -> 'files', error_message, processing_time, credits_used, api_cost, completed_at
    from editor.image_operations
  $$,
  $$ select 'completed', body -> 'files', null::text, 1.23, 2, 0.2500, now() from result $$,
  'the operation has its files, its time and what it cost'
);
select results_eq(
  'select processed_url, thumbnail_url, processing_status, processing_error from editor.images',
  $$
    values (
      'http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/o/t/processed.svg',
      'http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/o/t/thumbnail.png', 'completed', null::text
    )
  $$,
  'the image shows them'
);
select results_eq('select balance, held from public.credit_accounts', 'values (8, 0)', 'the price is captured');

select * from finish();
rollback;
