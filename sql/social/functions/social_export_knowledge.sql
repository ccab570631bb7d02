-- What a user has here, table to rows. Without what is derived from the rest:
-- embeddings and the words of chunks.
create function private.social_export_knowledge(p_user_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'social.knowledge_documents', (
      select coalesce(jsonb_agg(to_jsonb(d) order by d.created_at, d.id), '[]')
      from social.knowledge_documents as d where d.user_id = p_user_id
    ),
    'social.knowledge_chunks', (
      select coalesce(jsonb_agg(to_jsonb(c) - 'embedding' - 'tsv' order by c.document_id, c.chunk_index), '[]')
      from social.knowledge_chunks as c where c.user_id = p_user_id
    ),
    'social.faq_qa', (
      select coalesce(jsonb_agg(to_jsonb(f) order by f.created_at, f.id), '[]')
      from social.faq_qa as f where f.user_id = p_user_id
    ),
    'social.ai_studio_settings', (
      select coalesce(jsonb_agg(to_jsonb(s)), '[]')
      from social.ai_studio_settings as s where s.user_id = p_user_id
    ),
    'social.ai_studio_conversation_metadata', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.created_at, m.thread_id), '[]')
      from social.ai_studio_conversation_metadata as m where m.user_id = p_user_id
    ),
    'social.checkpoints', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.thread_id, c.checkpoint_ns, c.checkpoint_id), '[]')
      from social.checkpoints as c where c.user_id = p_user_id
    ),
    'social.checkpoint_blobs', (
      select coalesce(jsonb_agg(to_jsonb(b) order by b.thread_id, b.checkpoint_ns, b.channel, b.version), '[]')
      from social.checkpoint_blobs as b where b.user_id = p_user_id
    ),
    'social.checkpoint_writes', (
      select coalesce(
        jsonb_agg(to_jsonb(w) order by w.thread_id, w.checkpoint_ns, w.checkpoint_id, w.task_id, w.idx), '[]'
      )
      from social.checkpoint_writes as w where w.user_id = p_user_id
    )
  );
end;
$$;
