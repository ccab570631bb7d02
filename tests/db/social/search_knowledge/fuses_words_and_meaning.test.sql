begin;
select plan(9);

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
insert into social.knowledge_chunks (document_id, chunk_index, content, tsconfig, embedding)
values
  ('11111111-0000-4000-8000-000000000001', 0, 'Shoes are returned within thirty days', 'english', pg_temp.embedding(1, 0)),
  ('11111111-0000-4000-8000-000000000001', 1, 'Hats are never taken back', 'english', pg_temp.embedding(0.9, 0.1)),
  ('11111111-0000-4000-8000-000000000001', 2, 'Schuhe werden umgetauscht', 'german', pg_temp.embedding(0, 1)),
  ('11111111-0000-4000-8000-000000000001', 3, 'Not embedded yet: shoes', 'simple', null),
  ('22222222-0000-4000-8000-000000000002', 0, 'Shoes of Bob', 'english', pg_temp.embedding(1, 0));
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select chunk_index, text_rank, vector_rank from social.search_knowledge('returning shoe', null) $$,
  $$ values (0, 1::bigint, null::bigint) $$,
  'by words alone, in the language of the chunk'
);
select results_eq(
  $$ select chunk_index, vector_rank from social.search_knowledge(null, pg_temp.embedding(1, 0)) $$,
  $$ values (0, 1::bigint), (1, 2::bigint), (2, 3::bigint) $$,
  'by meaning alone, nearest first'
);
select results_eq(
  $$ select chunk_index, text_rank, vector_rank from social.search_knowledge('hats', pg_temp.embedding(1, 0)) $$,
  $$ values (1, 1::bigint, 2::bigint), (0, null, 1), (2, null, 3) $$,
  'what both find comes first'
);
select results_eq(
  $$ select round(score::numeric, 6) from social.search_knowledge('hats', pg_temp.embedding(1, 0)) $$,
  $$ values (round(1 / 61.0 + 1 / 62.0, 6)), (round(1 / 61.0, 6)), (round(1 / 63.0, 6)) $$,
  'by the sum of the reciprocal places'
);
select results_eq(
  $$ select chunk_index, title from social.search_knowledge('shoes') order by 1 $$,
  $$ values (0, 'Returns'), (3, 'Returns') $$,
  'every language of the user is searched, of nobody else'
);
select is(
  (select count(*) from social.search_knowledge('shoes', pg_temp.embedding(1, 0), 2)), 2::bigint, 'at most as many as asked for'
);
select is(
  (select count(*) from social.search_knowledge('the')), 0::bigint,
  'words that say nothing find nothing'
);
update social.knowledge_documents set is_deleted = true;
select is_empty($$ select 1 from social.search_knowledge('shoes', pg_temp.embedding(1, 0)) $$, 'deleted documents are not found');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq(
  $$ select content from social.search_knowledge('shoes', pg_temp.embedding(1, 0)) $$, $$ values ('Shoes of Bob') $$,
  'an admin searches their own too'
);

select * from finish();
rollback;
