create function social.search_knowledge(
  p_query text default null,
  p_embedding extensions.vector default null,
  p_limit integer default 10
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
language sql
security invoker
set search_path = ''
begin atomic
  select * from private.social_search_knowledge(p_query, p_embedding, p_limit);
end;
grant execute on function social.search_knowledge(text, extensions.vector, integer) to authenticated;
comment on function social.search_knowledge(text, extensions.vector, integer) is
  'The caller''s chunks that match p_query in words (web search syntax) or are near p_embedding (768 dimensions, cosine), best first by reciprocal rank fusion; one of the two may be null. p_limit is 1 to 100. text_rank and vector_rank are the places on each side, null where it was not found. Errors: PT403 not_signed_in; PT400 argument_missing, argument_too_long, embedding_invalid, limit_invalid.';
