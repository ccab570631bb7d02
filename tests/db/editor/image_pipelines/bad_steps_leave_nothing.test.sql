begin;
select plan(18);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'dog.png');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  format('insert into editor.image_pipelines (image_id, steps) values (%L, %L)', '11111111-0000-4000-8000-000000000001', s.steps),
  'PT400', 'input_invalid', s.what
)
from (
  values
    ('no array', '{}'),
    ('no step', '[]'),
    ('six steps', '[{"operation_type": "upscale"},{"operation_type": "upscale"},{"operation_type": "upscale"},{"operation_type": "upscale"},{"operation_type": "upscale"},{"operation_type": "upscale"}]'),
    ('a number for a step', '[1]'),
    ('an unknown operation', '[{"operation_type": "colorize"}]'),
    ('an operation of null', '[{"operation_type": null}]'),
    ('a picture made of the result before', '[{"operation_type": "upscale"}, {"operation_type": "generate", "input_data": {"prompt": "A cat"}}]'),
    ('work on an SVG', '[{"operation_type": "vectorize"}, {"operation_type": "upscale"}]'),
    ('a bad parameter', '[{"operation_type": "upscale"}, {"operation_type": "upscale", "input_data": {"factor": 3}}]'),
    ('a source for a later step', '[{"operation_type": "upscale"}, {"operation_type": "upscale", "input_data": {"source": "original"}}]'),
    ('parameters in an array', '[{"operation_type": "upscale", "input_data": [4]}]'),
    ('a prompt of nothing', '[{"operation_type": "generate", "input_data": {"prompt": " "}}]')
) as s (what, steps);
select throws_ok(
  format('insert into editor.image_pipelines (image_id, steps) values (%L, null)', '11111111-0000-4000-8000-000000000001'),
  'PT400', 'input_invalid', 'no steps at all'
);
select throws_ok(
  format('insert into editor.image_pipelines (image_id, steps) values (%L, ''[{"operation_type": "upscale"}]'')', i.id),
  'PT404', 'image_not_found', i.what
)
from (
  values ('another''s image', '11111111-0000-4000-8000-000000000002'), ('no image', gen_random_uuid()::text)
) as i (what, id);
select throws_ok(
  format(
    'insert into editor.image_pipelines (image_id, steps) values (%L, ''[{"operation_type": "upscale", "input_data": {"source": "processed"}}]'')',
    '11111111-0000-4000-8000-000000000001'
  ),
  'PT422', 'nothing_processed_yet', 'work on a result that is not there'
);
select tests.clear_authentication();
select is_empty('select 1 from editor.image_pipelines', 'no pipeline');
select is_empty('select 1 from editor.image_operations union all select 1 from public.jobs', 'no step and no job');

select * from finish();
rollback;
