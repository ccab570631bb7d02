begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 50, 'bonus');
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'a.png');
insert into editor.image_pipelines (id, image_id, steps)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001',
  '[{"operation_type": "generate", "input_data": {"prompt": "A cat"}}, {"operation_type": "vectorize"}]'
);
-- What the gate would refuse before.
alter table editor.image_operations disable trigger user;

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a status there is not', '23514', 'update editor.image_pipelines set status = ''lost'''),
    ('an end without a time', '23514', 'update editor.image_pipelines set status = ''failed'''),
    ('a time without an end', '23514', 'update editor.image_pipelines set completed_at = now()'),
    ('a step without a number', '23514', 'update editor.image_operations set step = null'),
    ('another type of work', '23514', 'update editor.image_operations set operation_type = ''paint'''),
    (
      'a step twice', '23505',
      'insert into editor.image_operations (user_id, image_id, pipeline_id, step, operation_type, input_data)
       select o.user_id, o.image_id, o.pipeline_id, o.step, o.operation_type, o.input_data from editor.image_operations as o'
    )
) as c (what, code, statement);

select * from finish();
rollback;
