begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into social.knowledge_chunks (document_id, chunk_index, content)
values ('11111111-0000-4000-8000-000000000001', 0, 'The returned shoes');
select is((select tsv from social.knowledge_chunks), to_tsvector('simple', 'The returned shoes'), 'at first');
update social.knowledge_chunks set tsconfig = 'english';
select is((select tsv from social.knowledge_chunks), $$'return':2 'shoe':3$$::tsvector, 'in another language');
update social.knowledge_chunks set content = 'Hats';
select is((select tsv from social.knowledge_chunks), $$'hat':1$$::tsvector, 'of another text');
select throws_ok(
  $$ update social.knowledge_chunks set tsv = 'x' $$, '42501', null, 'it is not the user''s to write'
);
select throws_ok(
  $$ update social.knowledge_chunks set tsconfig = 'klingon' $$, 'PT400', 'tsconfig_unknown', 'an unknown language is refused'
);
select tests.authenticate_as_service();
update social.knowledge_chunks set tsv = 'x';
select is((select tsv from social.knowledge_chunks), $$'hat':1$$::tsvector, 'nor the service''s');

select * from finish();
rollback;
