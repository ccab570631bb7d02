begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_studio_conversation_metadata (thread_id, user_id, title)
values ('thread-a', 'aaaaaaaa-0000-4000-8000-000000000001', 'A'), ('thread-b', 'bbbbbbbb-0000-4000-8000-000000000002', 'B');
insert into social.checkpoint_blobs (thread_id, channel, version, type, blob)
values ('thread-a', 'messages', '1', 'json', '[]'), ('thread-b', 'messages', '1', 'json', '[]');
insert into social.checkpoints (thread_id, checkpoint_id, checkpoint)
values ('thread-a', 'c1', '{"v": 4}'), ('thread-b', 'c1', '{"v": 4}');
insert into social.checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
values ('thread-a', 'c1', 't', 0, 'messages', '1'), ('thread-b', 'c1', 't', 0, 'messages', '1');
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
insert into social.knowledge_documents (id, user_id, title)
values ('22222222-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Secrets');
insert into social.knowledge_chunks (document_id, chunk_index, content)
values ('11111111-0000-4000-8000-000000000001', 0, 'x'), ('22222222-0000-4000-8000-000000000002', 0, 'x');
insert into social.faq_qa (user_id, answer) values ('aaaaaaaa-0000-4000-8000-000000000001', 'x'), ('bbbbbbbb-0000-4000-8000-000000000002', 'x');
insert into social.ai_studio_settings (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001'), ('bbbbbbbb-0000-4000-8000-000000000002');
select is(
  jsonb_array_length(private.social_export_knowledge('aaaaaaaa-0000-4000-8000-000000000001') -> ('social.' || t.name)), 1, t.name
)
from (
  values
    ('knowledge_documents'), ('knowledge_chunks'), ('faq_qa'), ('ai_studio_settings'), ('ai_studio_conversation_metadata'),
    ('checkpoints'), ('checkpoint_blobs'), ('checkpoint_writes')
) as t (name);
select is(
  (select count(*) from jsonb_object_keys(private.social_export_knowledge('aaaaaaaa-0000-4000-8000-000000000001'))), 8::bigint, 'and nothing else'
);
select unalike(private.social_export_knowledge('aaaaaaaa-0000-4000-8000-000000000001')::text, '%bbbbbbbb%', 'of nobody else');

select * from finish();
rollback;
