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

select throws_ok(
  format(
    'insert into editor.image_pipelines (image_id, steps, %I) values (%L, ''[{"operation_type": "upscale"}]'', %s)',
    c.name, '11111111-0000-4000-8000-000000000001', c.value
  ),
  '42501', null, 'insert ' || c.name
)
from (
  values
    ('user_id', $$'bbbbbbbb-0000-4000-8000-000000000002'$$), ('status', $$'completed'$$), ('prices', $$'{0}'$$), ('credits_used', '0'),
    ('error_message', $$'x'$$), ('created_at', 'now()'), ('completed_at', 'now()')
) as c (name, value);
select throws_ok(
  format('update editor.image_pipelines set %I = null', c.name), '42501', null, 'update ' || c.name
)
from unnest(array['steps', 'status', 'prices', 'image_id']) as c (name);
select throws_ok(
  $$ update editor.image_operations set pipeline_id = null $$, '42501', null, 'nor is a step taken out'
);
select isnt_empty('select 1 from editor.image_pipelines', 'its user sees it');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from editor.image_pipelines', 'another does not');
select is_empty(
  'with gone as (delete from editor.image_pipelines returning 1) select * from gone', 'nor deletes it'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.image_pipelines', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from editor.image_pipelines', 'an admin sees it');
select is_empty(
  'with gone as (delete from editor.image_pipelines returning 1) select * from gone', 'but deletes it neither'
);

select * from finish();
rollback;
