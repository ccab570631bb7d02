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
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.image_pipelines (id, image_id, steps)
values (
  '44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001',
  '[
    {"operation_type": "upscale", "input_data": {"factor": 4}},
    {"operation_type": "background_removal"},
    {"operation_type": "vectorize", "input_data": null}
  ]'
);
select tests.clear_authentication();

select results_eq(
  'select user_id, status, prices, credits_used, steps from editor.image_pipelines',
  $$
    values (
      'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'pending', array[2, 1, 2], 0,
      '[
        {"operation_type": "upscale", "input_data": {"source": "original", "factor": 4}},
        {"operation_type": "background_removal", "input_data": {"source": "previous"}},
        {"operation_type": "vectorize", "input_data": {"source": "previous"}}
      ]'::jsonb
    )
  $$,
  'the pipeline waits, with its prices'
);
select results_eq(
  'select step, user_id, operation_type, status, input_data from editor.image_operations order by step',
  $$
    values
      (1::smallint, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'upscale', 'pending', '{"source": "original", "factor": 4}'::jsonb),
      (2::smallint, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'background_removal', 'pending', '{"source": "previous"}'),
      (3::smallint, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'vectorize', 'pending', '{"source": "previous"}')
  $$,
  'its steps are operations'
);
select results_eq(
  'select type, subject_id, payload, status, price, next_type from public.jobs',
  $$
    select
      'editor.upscale', o.id,
      '{
        "operation": "upscale", "variant": "4x", "factor": 4, "image_id": "11111111-0000-4000-8000-000000000001",
        "source": {"bucket": "uploads", "path": "aaaaaaaa-0000-4000-8000-000000000001/cat.png"}
      }'::jsonb,
      'queued', 2, 'editor.background_removal'
    from editor.image_operations as o where o.step = 1
  $$,
  'the first has a job'
);
select results_eq(
  'select h.amount, j.price from public.credit_holds as h join public.jobs as j on j.hold_id = h.id',
  'values (5, 2)', 'one hold is for all'
);
select is(
  (select p.prices from editor.image_pipelines as p),
  (
    select array_agg(s.value::integer order by s.n)
    from jsonb_array_elements_text(private.editor_quote_pipeline('[
    {"operation_type": "upscale", "input_data": {"factor": 4}},
    {"operation_type": "background_removal"},
    {"operation_type": "vectorize", "input_data": null}
  ]') -> 'steps')
      with ordinality as s (value, n)
  ),
  'what was quoted'
);
select is(
  (select private.editor_check_steps(p.steps) from editor.image_pipelines as p),
  (select p.steps from editor.image_pipelines as p), 'a row that was read can be sent again'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
