begin;
select plan(13);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.image_pipelines (id, image_id, steps)
values (
  '44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001',
  '[
    {"operation_type": "upscale", "input_data": {"factor": 4}},
    {"operation_type": "background_removal"},
    {"operation_type": "vectorize", "input_data": null}
  ]'
);
-- The next job that waits succeeds with a file of its own.
create function pg_temp.succeed(p_name text) returns public.jobs language plpgsql as $$
declare
  v_job public.jobs;
begin
  select * into v_job from private.claim_jobs('worker-1', 1);
  perform private.start_job(v_job.id, v_job.lock_token);
  return private.complete_job(v_job.id, v_job.lock_token, jsonb_build_object(
    'files', jsonb_build_array(jsonb_build_object(
      'kind', 'processed', 'bucket', 'results',
      'path', format('%s/%s/t/%s', v_job.user_id, v_job.subject_id, p_name)
    )),
    'provider', 'local', 'processing_time', 1.5
  ));
end;
$$;
select private.set_setting('api_url', 'http://api.test');

select is((pg_temp.succeed('one.png')).status, 'completed', 'the first succeeds');
select results_eq(
  'select balance, held from public.credit_accounts', 'values (15, 3)', 'its price is captured, the rest stays held'
);
select results_eq(
  $$ select j.payload, j.price, j.next_type, j.status from public.jobs as j where j.type = 'editor.background_removal' $$,
  $$
    select
      jsonb_build_object(
        'operation', 'background_removal', 'image_id', '11111111-0000-4000-8000-000000000001',
        'source', jsonb_build_object('bucket', 'results', 'path', format('aaaaaaaa-0000-4000-8000-000000000001/%s/t/one.png', o.id))
      ),
      1, 'editor.vectorize', 'queued'
    from editor.image_operations as o where o.step = 1
  $$,
  'the second begins with its result'
);
select is_empty('select * from private.audit_credits()', 'the books add up on the way');
select results_eq(
  'select p.status, p.credits_used, i.processing_status from editor.image_pipelines as p, editor.images as i',
  $$ values ('processing', 2, 'processing') $$, 'it is under way'
);
select is((select i.final_url from editor.images as i), null, 'nothing is final yet');
select is((pg_temp.succeed('two.png')).status, 'completed', 'the second succeeds');
select is((pg_temp.succeed('three.svg')).status, 'completed', 'the third succeeds');
select results_eq(
  'select status, credits_used, error_message, completed_at from editor.image_pipelines',
  $$ values ('completed', 5, null::text, now()) $$, 'all is done'
);
select is(
  (select i.final_url from editor.images as i),
  (select format('http://api.test/storage/v1/object/authenticated/results/aaaaaaaa-0000-4000-8000-000000000001/%s/t/three.svg', o.id)
   from editor.image_operations as o where o.step = 3),
  'the last result is final'
);
select results_eq(
  'select i.processed_url = i.final_url, i.processing_status from editor.images as i',
  $$ values (true, 'completed') $$, 'and the newest'
);
select results_eq(
  $$ select amount from public.credit_transactions where transaction_type = 'usage' order by seq $$,
  'values (-2), (-1), (-2)', 'each step has its line'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
