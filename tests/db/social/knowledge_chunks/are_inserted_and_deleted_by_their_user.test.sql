begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
insert into social.knowledge_chunks (document_id, chunk_index, content)
values ('11111111-0000-4000-8000-000000000001', 0, 'x');

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('delete from social.knowledge_chunks returning 1', 'another deletes none');
select throws_ok(
  $$ insert into social.knowledge_chunks (document_id, chunk_index, content) values ('11111111-0000-4000-8000-000000000001', 1, 'x') $$,
  'PT404', 'document_not_found', 'and inserts none'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ insert into social.knowledge_chunks (document_id, chunk_index, content) values ('11111111-0000-4000-8000-000000000001', 1, 'x') $$,
  'their user inserts'
);
select results_eq(
  'with gone as (delete from social.knowledge_chunks returning 1) select count(*) from gone', 'values (2::bigint)', 'and deletes'
);

select * from finish();
rollback;
