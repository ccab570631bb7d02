-- The user's chunks that match a web search in words, best first. By configuration,
-- so that each query is a constant to the planner, which then weighs the index of the
-- words against that of the user.
create function private.social_text_hits(p_user_id uuid, p_query text, p_limit integer)
returns uuid[]
language plpgsql
stable
security definer            -- under a policy "@@" loses its index: it is not leakproof
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  v_tsconfig text;
  v_words tsquery;
  v_ids uuid[] := '{}'::uuid[];
  v_ranks real[] := '{}'::real[];
begin
  foreach v_tsconfig in array private.social_tsconfigs_of(p_user_id)
  loop
    v_words := websearch_to_tsquery(private.social_tsconfig(v_tsconfig), p_query);
    select v_ids || array_agg(h.id), v_ranks || array_agg(h.rank)
    into v_ids, v_ranks
    from (
      select c.id, ts_rank_cd(c.tsv, v_words) as rank
      from social.knowledge_chunks as c
      join social.knowledge_documents as d on d.id = c.document_id and not d.is_deleted
      where c.user_id = p_user_id and c.tsconfig = v_tsconfig and c.tsv @@ v_words
      order by rank desc, c.id
      limit p_limit
    ) as h;
  end loop;
  return array(
    select h.id from unnest(v_ids, v_ranks) as h (id, rank) order by h.rank desc, h.id limit p_limit
  );
end;
$$;
