begin;
select plan(3);

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
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.cancel_job((select j.id from public.jobs as j));

select results_eq(
  'select status, error_message is not null, credits_used from editor.image_operations',
  $$ values ('failed', true, 0) $$, 'the document knows one word for both'
);
select is((select i.processing_status from editor.images as i), 'failed', 'on its image too');
select is(public.my_credits() -> 'available', '10', 'the credits are back');

select * from finish();
rollback;
