begin;
select plan(6);

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
analyze social.knowledge_documents;
set local enable_seqscan = off;
create function pg_temp.plan_of(p_query text) returns text language plpgsql as $$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute 'explain (costs off) ' || p_query loop
    v_plan := v_plan || v_line || E'\n';
  end loop;
  return v_plan;
end;
$$;
grant execute on function pg_temp.plan_of(text) to public;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select alike(
  pg_temp.plan_of(format('select * from social.%I where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' %s', q.relation, q.rest)), '%' || q.index || '%', q.relation
)
from (
  values
    ('knowledge_documents', 'order by created_at desc limit 20', 'knowledge_documents_user_id_idx'),
    ('faq_qa', 'order by created_at desc limit 20', 'faq_qa_user_id_idx'),
    ('ai_studio_conversation_metadata', 'order by updated_at desc limit 20', 'ai_studio_conversation_metadata_user_id_idx'),
    ('knowledge_chunks', '', 'knowledge_chunks_user_id_idx'),
    ('subscriptions', 'order by created_at desc', 'subscriptions_user_id_idx'),
    ('credit_transactions', 'order by created_at desc limit 20', 'credit_transactions_user_id_idx')
) as q (relation, rest, index);

select * from finish();
rollback;
