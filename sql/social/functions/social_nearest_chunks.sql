-- The user's chunks nearest to an embedding, by cosine distance. Up to 5,000 chunks a
-- user every one is compared: an approximate index over all users, filtered by one,
-- gives a small user too few or none, without an error. Above that an index may be
-- used where the installation makes one, best a partial one of that user
-- (using hnsw (embedding extensions.vector_cosine_ops) where user_id = '…'), and its
-- scan goes on until there are enough.
create function private.social_nearest_chunks(
  p_user_id uuid,
  p_embedding extensions.vector,
  p_limit integer
)
returns uuid[]
language plpgsql
security definer            -- carries the tenant's predicate itself
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
begin
  if (
    select count(*) <= 5000
    from (select 1 from social.knowledge_chunks as c where c.user_id = p_user_id limit 5001) as counted
  ) then
    return array(
      with mine as materialized (
        select c.id, c.embedding operator(extensions.<=>) p_embedding as distance
        from social.knowledge_chunks as c
        join social.knowledge_documents as d on d.id = c.document_id and not d.is_deleted
        where c.user_id = p_user_id and c.embedding is not null
      )
      select m.id from mine as m order by m.distance, m.id limit p_limit
    );
  end if;

  perform set_config('hnsw.iterative_scan', 'strict_order', true);
  return array(
    select c.id
    from social.knowledge_chunks as c
    join social.knowledge_documents as d on d.id = c.document_id and not d.is_deleted
    where c.user_id = p_user_id and c.embedding is not null
    order by c.embedding operator(extensions.<=>) p_embedding
    limit p_limit
  );
end;
$$;
