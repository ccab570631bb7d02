begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
create function pg_temp.embedding(p_x real, p_y real) returns extensions.vector language sql as $$
  select (array[p_x, p_y] || array_fill(0::real, array[766]))::extensions.vector
$$;
grant execute on function pg_temp.embedding(real, real) to public;
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
insert into social.knowledge_documents (id, user_id, title)
values ('22222222-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Secrets');
insert into social.knowledge_chunks (document_id, chunk_index, content, embedding)
select '22222222-0000-4000-8000-000000000002', n, 'x', pg_temp.embedding(1, (n / 1000.0)::real)
from generate_series(1, 400) as n;
insert into social.knowledge_chunks (document_id, chunk_index, content, embedding)
select '11111111-0000-4000-8000-000000000001', n, 'x', pg_temp.embedding(-1, n)
from generate_series(1, 10) as n;
create index on social.knowledge_chunks using hnsw (embedding extensions.vector_cosine_ops);
analyze social.knowledge_chunks;
-- So that nothing but the function keeps the planner from the index of everybody's.
set local enable_sort = off;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  (select count(*) from social.search_knowledge(null, pg_temp.embedding(1, 0))), 10::bigint,
  'all ten, where an index of everybody''s gives the nearest 40 of others'
);
select is(
  (select chunk_index from social.search_knowledge(null, pg_temp.embedding(1, 0)) limit 1), 10, 'the nearest first'
);

select * from finish();
rollback;
