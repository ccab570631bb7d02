begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into storage.objects (id, bucket_id, name, metadata)
values
  ('33333333-0000-4000-8000-000000000003', 'uploads', 'aaaaaaaa-0000-4000-8000-000000000001/a.pdf', '{"size": 2097152}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into social.knowledge_documents (id, bucket_id, object_name, storage_object_id, file_size_bytes)
values ('11111111-0000-4000-8000-000000000001', 'uploads', 'aaaaaaaa-0000-4000-8000-000000000001/a.pdf', gen_random_uuid(), 1);
select results_eq(
  'select storage_object_id::text, file_size_bytes from social.knowledge_documents',
  $$ values ('33333333-0000-4000-8000-000000000003', 2097152::bigint) $$,
  'whatever is sent'
);
update social.knowledge_documents set storage_object_id = gen_random_uuid(), file_size_bytes = 2;
select results_eq(
  'select storage_object_id::text, file_size_bytes from social.knowledge_documents',
  $$ values ('33333333-0000-4000-8000-000000000003', 2097152::bigint) $$,
  'by an update too'
);
update social.knowledge_documents set object_name = 'aaaaaaaa-0000-4000-8000-000000000001/b.pdf', file_size_bytes = 7;
select results_eq(
  'select storage_object_id::text, file_size_bytes from social.knowledge_documents',
  $$ values (null::text, 7::bigint) $$,
  'of a file that is not there, the size is as sent'
);

select * from finish();
rollback;
