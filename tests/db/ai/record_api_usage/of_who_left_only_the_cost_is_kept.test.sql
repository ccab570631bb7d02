begin;
select plan(2);

select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'a.png');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.image_operations (image_id, operation_type, input_data)
values ('11111111-0000-4000-8000-000000000001', 'generate', '{"prompt": "a cat"}');
select tests.clear_authentication();
create temporary table usage as
select j.id as job_id from public.jobs as j where j.type = 'editor.generate';

select private.record_api_usage(
  u.job_id, 'acme', 'generate', '{"prompt": "a cat"}', '{"seed": 1}', 422, 1.5, 'No cats.'
)
from usage as u;
select results_eq(
  'select request_data, response_data, error_message from public.api_usage_logs',
  $$ values ('{"prompt": "a cat"}'::jsonb, '{"seed": 1}'::jsonb, 'No cats.') $$, 'of who is here all is'
);
select private.retire_user('aaaaaaaa-0000-4000-8000-000000000001');
select private.record_api_usage(
  u.job_id, 'acme', 'generate', '{"prompt": "a cat"}', '{"seed": 1}', 422, 1.5, 'No cats.'
)
from usage as u;
select results_eq(
  'select status_code, response_time, num_nonnulls(request_data, response_data, error_message) from public.api_usage_logs',
  $$ values (422, 1.5, 0), (422, 1.5, 0) $$, 'of a call that ended later too'
);

select * from finish();
rollback;
