begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
prepare add (integer, text, integer, integer, jsonb) as
  insert into social.knowledge_chunks (document_id, chunk_index, content, start_char, end_char, metadata)
  values ('11111111-0000-4000-8000-000000000001', $1, $2, $3, $4, $5);
select lives_ok($$ execute add(0, 'x', 0, 1, '{}') $$, 'a chunk');
select throws_ok($$ execute add(0, 'x', 0, 1, '{}') $$, '23505', null, 'is there once');
select throws_ok($$ execute add(-1, 'x', 0, 1, '{}') $$, '23514', null, 'not before the first');
select throws_ok($$ execute add(1, '', 0, 1, '{}') $$, '23514', null, 'not empty');
select throws_ok(format('execute add(1, %L, 0, 1, ''{}'')', repeat('x', 20001)), '23514', null, 'not long');
select throws_ok($$ execute add(1, 'x', 2, 1, '{}') $$, '23514', null, 'it ends after it starts');
select throws_ok($$ execute add(1, 'x', 0, 1, '[]') $$, '23514', null, 'metadata is an object');
select throws_ok(
  $$ update social.knowledge_chunks set embedding = '[1,2,3]' $$, '22000', null, 'an embedding has 768 dimensions'
);
select throws_ok(
  $$ update social.knowledge_chunks set embedding = array_fill(0, array[768])::extensions.vector $$, '23514', null, 'and a direction'
);
select tests.clear_authentication();
delete from social.knowledge_documents;
select is_empty('select 1 from social.knowledge_chunks', 'they go with their document');

select * from finish();
rollback;
