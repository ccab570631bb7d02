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
select private.fail_job(j.id, j.lock_token, 'The picture is empty.', false)
from private.claim_jobs('worker-1', 1) as j;

select results_eq(
  'select status, error_message, credits_used, completed_at from editor.image_pipelines',
  $$ values ('failed', 'The picture is empty.', 2, now()) $$, 'the pipeline says why'
);
select results_eq(
  'select step, status, error_message, credits_used from editor.image_operations order by step',
  $$
    values
      (1::smallint, 'completed', null::text, 2),
      (2::smallint, 'failed', 'The picture is empty.', 0),
      (3::smallint, 'failed', 'Not begun, since a step before it failed.', 0)
  $$,
  'what is done stays, what comes after is not begun'
);
select is_empty($$ select 1 from public.jobs where finished_at is null $$, 'no job is open');
select results_eq('select balance, held from public.credit_accounts', 'values (18, 0)', 'one step is paid, the rest came back');
select results_eq(
  'select processing_status, processing_error, processed_url is not null, final_url is null from editor.images',
  $$ values ('failed', 'The picture is empty.', true, true) $$, 'the image keeps the result there is, and none is final'
);
select results_eq(
  'select status, captured, amount from public.credit_holds', $$ values ('released', 2, 5) $$, 'the hold has ended'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
