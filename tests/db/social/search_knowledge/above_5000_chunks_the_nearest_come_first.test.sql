begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
create function pg_temp.embedding(p_x real, p_y real) returns extensions.vector language sql as $$
  select (array[p_x, p_y] || array_fill(0::real, array[766]))::extensions.vector
$$;
grant execute on function pg_temp.embedding(real, real) to public;
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
insert into social.knowledge_chunks (document_id, chunk_index, content, embedding)
select '11111111-0000-4000-8000-000000000001', n, 'x', pg_temp.embedding(1, (n / 1000.0)::real)
from generate_series(1, 5001) as n;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  (select array_agg(chunk_index) from social.search_knowledge(null, pg_temp.embedding(1, 0), 3)), array[1, 2, 3], 'nearest first'
);
select is(current_setting('hnsw.iterative_scan', true), 'strict_order', 'and the scan of an index goes on until there are enough');

select * from finish();
rollback;
