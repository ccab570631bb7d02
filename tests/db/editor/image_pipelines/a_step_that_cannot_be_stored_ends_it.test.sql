begin;
select plan(3);

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
update public.jobs set handler_attempts = 4;
select private.complete_job(j.id, j.lock_token, '{"files": []}') from private.claim_jobs('worker-1', 1) as j;

select is((select p.status from editor.image_pipelines as p), 'failed', 'a result without a file is a failure in the end');
select is_empty('select 1 from public.jobs where finished_at is null', 'nothing follows');
select results_eq('select balance, held from public.credit_accounts', 'values (20, 0)', 'the credits are back');

select * from finish();
rollback;
