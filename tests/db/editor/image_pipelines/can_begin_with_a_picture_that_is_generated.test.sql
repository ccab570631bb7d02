begin;
select plan(2);

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
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'new.png');
insert into editor.image_pipelines (image_id, steps)
values (
  '11111111-0000-4000-8000-000000000002',
  '[{"operation_type": "generate", "input_data": {"prompt": "A cat"}}, {"operation_type": "upscale"}]'
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
select pg_temp.succeed('cat.png');

select is((select j.payload -> 'source' from public.jobs as j where j.type = 'editor.generate'), null, 'which needs no upload');
select is(
  (select j.payload #>> '{source,bucket}' from public.jobs as j where j.type = 'editor.upscale'), 'results',
  'the next step works on it'
);

select * from finish();
rollback;
