begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
insert into social.knowledge_documents (id, user_id, title)
values ('22222222-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Secrets');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into social.knowledge_chunks (document_id, chunk_index, content)
    values ('11111111-0000-4000-8000-000000000001', 0, 'Returns are free.')
  $$,
  'a user cuts a document'
);
select is((select user_id from social.knowledge_chunks), 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'the chunk is theirs');
select throws_ok(
  $$
    insert into social.knowledge_chunks (document_id, chunk_index, content)
    values ('22222222-0000-4000-8000-000000000002', 0, 'x')
  $$,
  'PT404', 'document_not_found', 'somebody else''s document is none'
);
select throws_ok(
  $$ insert into social.knowledge_chunks (document_id, chunk_index, content) values (gen_random_uuid(), 0, 'x') $$,
  'PT404', 'document_not_found', 'nor an unknown one'
);
select throws_ok(
  $$ insert into social.knowledge_chunks (chunk_index, content) values (0, 'x') $$,
  'PT404', 'document_not_found', 'nor none'
);
select throws_ok(
  $$ update social.knowledge_chunks set document_id = '22222222-0000-4000-8000-000000000002' $$,
  'PT404', 'document_not_found', 'nor by an update'
);
select lives_ok(
  $$
    insert into social.knowledge_chunks (document_id, chunk_index, content)
    values ('11111111-0000-4000-8000-000000000001', 0, 'Returns cost 3.')
    on conflict (document_id, chunk_index) do update
    set document_id = excluded.document_id, chunk_index = excluded.chunk_index, content = excluded.content
  $$,
  'an upsert changes it'
);
select tests.authenticate_as_service();
insert into social.knowledge_chunks (document_id, user_id, chunk_index, content)
values ('22222222-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 0, 'x');
select is(
  (select user_id from social.knowledge_chunks where document_id = '22222222-0000-4000-8000-000000000002'),
  'bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'the service cannot say another'
);
update social.knowledge_chunks set user_id = 'aaaaaaaa-0000-4000-8000-000000000001';
select is(
  (select user_id from social.knowledge_chunks where document_id = '22222222-0000-4000-8000-000000000002'),
  'bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'nor later'
);

select * from finish();
rollback;
