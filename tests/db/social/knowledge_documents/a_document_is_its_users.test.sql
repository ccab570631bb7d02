begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ insert into social.knowledge_documents (id, title) values ('11111111-0000-4000-8000-000000000001', 'Returns') $$,
  'a user adds a document'
);
select results_eq(
  $$
    select user_id::text, file_size_bytes, status, embed_model, lang_code, tsconfig, is_deleted
    from social.knowledge_documents
  $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001', 0::bigint, 'processing', 'gemini-embedding-001', 'simple', 'simple', false) $$,
  'it is theirs, with the defaults of the document'
);
select lives_ok(
  $$
    insert into social.knowledge_documents (id, user_id, title, status)
    values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'How to return', 'indexed')
    on conflict (id) do update
    set id = excluded.id, user_id = excluded.user_id, title = excluded.title, status = excluded.status
  $$,
  'an upsert changes it'
);
select results_eq(
  'select title, status from social.knowledge_documents', $$ values ('How to return', 'indexed') $$, 'as sent'
);
select is((select updated_at >= created_at from social.knowledge_documents), true, 'updated_at is kept');
select throws_ok(
  $$ insert into social.knowledge_documents (user_id, title) values ('bbbbbbbb-0000-4000-8000-000000000002', 'x') $$,
  '42501', null, 'none is added for somebody else'
);
select throws_ok(
  $$ update social.knowledge_documents set created_at = now() $$, '42501', null, 'its time is not the user''s to say'
);
select isnt_empty('delete from social.knowledge_documents returning 1', 'its user deletes it');

select * from finish();
rollback;
