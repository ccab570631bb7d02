begin;
select plan(4);

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
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.cancel_job(j.id) from public.jobs as j;
select tests.clear_authentication();

select results_eq(
  'select status, error_message, credits_used from editor.image_pipelines',
  $$ values ('failed', 'Cancelled by the user.', 0) $$, 'it is over'
);
select results_eq(
  'select status from editor.image_operations order by step', $$ values ('failed'), ('failed'), ('failed') $$,
  'with all steps'
);
select results_eq('select balance, held from public.credit_accounts', 'values (20, 0)', 'the credits are back');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
