begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'a.png');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into editor.image_operations (image_id, operation_type, input_data)
values ('11111111-0000-4000-8000-000000000001', 'generate', '{"prompt": "A cat"}');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('of an operation', 'update editor.image_operations set status = ''lost'''),
    ('of an image', 'update editor.images set processing_status = ''lost''')
) as c (what, statement);

select * from finish();
rollback;
