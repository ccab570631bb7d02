begin;
select plan(17);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  format(
    'insert into editor.image_operations (image_id, operation_type, api_provider, %I) values (%L, ''vectorize'', ''local'', %s)',
    c.name, '11111111-0000-4000-8000-000000000001', c.value
  ),
  '42501', null, 'insert ' || c.name
)
from (
  values
    ('user_id', $$'bbbbbbbb-0000-4000-8000-000000000002'$$), ('status', $$'completed'$$), ('output_data', $$'{}'$$), ('error_message', $$'x'$$),
    ('processing_time', '1'), ('credits_used', '0'), ('api_cost', '0'), ('created_at', 'now()'), ('completed_at', 'now()')
) as c (name, value);
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'gold-plated');
select is(
  (select o.api_provider from editor.image_operations as o), 'auto',
  'the provider is a route''s, whatever is sent'
);
select throws_ok(
  format('update editor.image_operations set %I = null', c.name), '42501', null, 'update ' || c.name
)
from unnest(array['status', 'credits_used', 'output_data', 'input_data', 'user_id', 'image_id', 'operation_type']) as c (name);

select * from finish();
rollback;
