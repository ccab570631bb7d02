-- Its words alone would be more than a tsvector holds, which is no fault of ours to show.
begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$
    insert into social.knowledge_chunks (document_id, chunk_index, content)
    select '11111111-0000-4000-8000-000000000001', 0, string_agg('word' || n, ' ') from generate_series(1, 200000) as n
  $$,
  '23514', null, 'two megabytes of words'
);

select * from finish();
rollback;
