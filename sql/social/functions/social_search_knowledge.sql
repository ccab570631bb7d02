-- Hybrid search: what matches in words and what is near in meaning, fused by
-- reciprocal rank (1 / (60 + place) from each side), since the two scores have no
-- common measure.
create function private.social_search_knowledge(
  p_query text,
  p_embedding extensions.vector,
  p_limit integer
)
returns table (
  chunk_id uuid,
  document_id uuid,
  title text,
  chunk_index integer,
  content text,
  metadata jsonb,
  score double precision,
  text_rank bigint,
  vector_rank bigint
)
language plpgsql
security definer            -- searches by the caller's id instead of under a policy
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_pool integer;
  v_in_words uuid[] := '{}'::uuid[];
  v_in_meaning uuid[] := '{}'::uuid[];
begin
  perform private.social_check_limit('p_limit', p_limit, 100);
  if p_embedding is null or p_query is not null then
    perform private.check_text('p_query', p_query, 2000);
  end if;
  if extensions.vector_dims(p_embedding) <> 768 or extensions.vector_norm(p_embedding) = 0 then
    raise exception using
      errcode = 'PT400', message = 'embedding_invalid',
      detail = format(
        'The embedding has %s dimensions, not 768, or is all zeros.', extensions.vector_dims(p_embedding)
      ),
      hint = 'Use the model that the documents were embedded with.';
  end if;

  v_pool := greatest(50, 2 * p_limit);
  if p_query is not null then
    v_in_words := private.social_text_hits(v_user_id, p_query, v_pool);
  end if;
  if p_embedding is not null then
    v_in_meaning := private.social_nearest_chunks(v_user_id, p_embedding, v_pool);
  end if;

  return query
  select
    c.id, c.document_id, d.title, c.chunk_index, c.content, c.metadata,
    f.score, f.text_rank, f.vector_rank
  from (
    select
      coalesce(w.id, m.id) as id,
      (coalesce(1.0 / (60 + w.place), 0) + coalesce(1.0 / (60 + m.place), 0))::double precision as score,
      w.place as text_rank,
      m.place as vector_rank
    from unnest(v_in_words) with ordinality as w (id, place)
    full join unnest(v_in_meaning) with ordinality as m (id, place) on m.id = w.id
    order by score desc, id
    limit p_limit
  ) as f
  join social.knowledge_chunks as c on c.id = f.id
  join social.knowledge_documents as d on d.id = c.document_id
  order by f.score desc, c.id;
end;
$$;
grant execute on function private.social_search_knowledge(text, extensions.vector, integer) to authenticated;
