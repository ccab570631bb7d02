-- The caller's answers whose phrasings resemble a question: the best phrasing of each
-- counts, by its trigrams, and 0.3 more when it has all words of the question.
create function private.social_match_faq(p_query text, p_limit integer)
returns table (
  id uuid,
  title text,
  question text,
  answer text,
  metadata jsonb,
  score real
)
language plpgsql
stable
security definer            -- searches by the caller's id instead of under a policy
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.check_text('p_query', p_query, 2000);
  perform private.social_check_limit('p_limit', p_limit, 100);
  return query
  select m.id, m.title, m.question, m.answer, m.metadata, m.score
  from (
    select distinct on (f.id)
      f.id, f.title, q.question, f.answer, f.metadata,
      least(
        1,
        extensions.similarity(q.question, p_query)
        + case
          when to_tsvector(f.tsconfig::regconfig, q.question)
            @@ websearch_to_tsquery(f.tsconfig::regconfig, p_query)
          then 0.3 else 0
        end
      )::real as score
    from social.faq_qa as f
    cross join lateral unnest(f.questions) as q (question)
    where f.user_id = v_user_id and f.is_active
    order by f.id, score desc, q.question
  ) as m
  where m.score >= 0.3
  order by m.score desc, m.id
  limit p_limit;
end;
$$;
grant execute on function private.social_match_faq(text, integer) to authenticated;
