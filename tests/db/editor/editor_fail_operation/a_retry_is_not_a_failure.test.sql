begin;
select plan(1);

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
insert into editor.image_operations (id, image_id, operation_type, api_provider)
values (
  '22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize', 'local'
);
select private.claim_jobs('worker-1', 1, array['editor.vectorize']);
select private.start_job((select j.id from public.jobs as j), (select j.lock_token from public.jobs as j));
select private.fail_job(
  (select j.id from public.jobs as j), (select j.lock_token from public.jobs as j), 'Busy.'
);

select results_eq(
  'select status, error_message from editor.image_operations', $$ values ('processing', null::text) $$,
  'the user does not see it'
);

select * from finish();
rollback;
