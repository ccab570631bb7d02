begin;
select plan(4);

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
insert into editor.image_operations (id, image_id, operation_type, api_provider, input_data)
values ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'upscale', 'local', '{"factor": 4, "other": true}');
select tests.clear_authentication();

select results_eq(
  'select user_id, operation_type, api_provider, status, input_data, output_data, credits_used from editor.image_operations',
  $$
    values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'upscale', 'auto', 'pending', '{"source": "original", "factor": 4}'::jsonb, null::jsonb, null::integer)
  $$,
  'the row waits, with what is known of its input'
);
select results_eq(
  'select user_id, type, subject_id, payload, status, price from public.jobs',
  $$
    values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'editor.upscale', '22222222-0000-4000-8000-000000000001'::uuid,
      '{
        "operation": "upscale", "factor": 4, "image_id": "11111111-0000-4000-8000-000000000001", "variant": "4x",
        "source": {"bucket": "uploads", "path": "aaaaaaaa-0000-4000-8000-000000000001/cat.png"}
      }'::jsonb, 'queued', 2)
  $$,
  'its job too, priced by its variant'
);
select results_eq('select balance, held from public.credit_accounts', 'values (8, 2)', 'its credits are held');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
