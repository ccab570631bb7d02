begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/a.pdf', '{"size": 1048576}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select storage_used_mb from social.user_credits), 0::double precision, 'nothing at first');
insert into social.knowledge_documents (title, file_size_bytes) values ('A text without a file', 2097152);
select is((select storage_used_mb from social.user_credits), 2::double precision, 'a text');
insert into social.knowledge_documents (bucket_id, object_name)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/a.pdf');
select tests.clear_authentication();
select private.count_storage();
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select storage_used_mb from social.user_credits), 3::double precision, 'a file, once');
insert into social.faq_qa (answer) values (repeat('x', 8192));
select is(
  (select storage_used_mb from social.user_credits), 3::double precision + 8192 / 1048576.0::double precision, 'an answer'
);
delete from social.knowledge_documents;
delete from social.faq_qa;
select is((select storage_used_mb from social.user_credits), 1::double precision, 'what is deleted counts no more');

select * from finish();
rollback;
