begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
update public.metered_operations set credits = 0 where operation like 'editor.%';
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

select is_empty('select 1 from public.credit_holds', 'no hold');
select pg_temp.succeed('one.png');
select pg_temp.succeed('two.png');
select pg_temp.succeed('three.svg');
select is((select p.status from editor.image_pipelines as p), 'completed', 'they go through');
select is_empty('select 1 from public.credit_transactions', 'and cost nothing');

select * from finish();
rollback;
