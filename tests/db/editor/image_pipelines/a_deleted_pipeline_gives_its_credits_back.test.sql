begin;
select plan(7);

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
select pg_temp.succeed('one.png');
insert into storage.objects (bucket_id, name)
select 'results', format('aaaaaaaa-0000-4000-8000-000000000001/%s/t/one.png', o.id) from editor.image_operations as o where o.step = 1;
select private.claim_jobs('worker-1', 1);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  'delete from editor.image_operations where step = 2', 'PT422', 'step_of_pipeline', 'a step goes with its pipeline alone'
);
select isnt_empty('with gone as (delete from editor.image_pipelines returning 1) select * from gone', 'its user deletes it');
select tests.clear_authentication();
select is_empty('select 1 from editor.image_operations', 'its steps are gone');
select results_eq(
  $$ select type, status from public.jobs where type like 'editor.%' order by type $$,
  $$ values ('editor.background_removal', 'cancelled'), ('editor.upscale', 'completed') $$, 'work under way has ended'
);
select results_eq('select balance, held from public.credit_accounts', 'values (18, 0)', 'what was not done came back');
select is((select i.processing_status from editor.images as i), 'completed', 'the image waits no more');
select isnt_empty(
  $$ select 1 from public.jobs where type = 'storage.remove_files' and payload ->> 'bucket' = 'results' $$, 'its files go'
);

select * from finish();
rollback;
