create function private.social_top_topics(p_days integer, p_limit integer)
returns table (topic_id integer, topic_label text, topic_keywords text[], message_count bigint)
language plpgsql
stable
security definer            -- checks the input in private; the user is in the query
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid := private.require_user_id();
begin
  perform private.social_check_limit('p_days', p_days, 365);
  perform private.social_check_limit('p_limit', p_limit, 100);
  return query
  select
    t.topic_id,
    t.topic_label,
    (array_agg(t.topic_keywords::text order by t.analysis_date desc, t.id))[1]::text[],
    sum(t.message_count)
  from social.topic_analysis as t
  where t.user_id = v_user_id and t.analysis_date > (now() at time zone 'utc')::date - p_days and t.topic_id <> -1
  group by t.topic_id, t.topic_label
  order by sum(t.message_count) desc, t.topic_id, t.topic_label
  limit p_limit;
end;
$$;
grant execute on function private.social_top_topics(integer, integer) to authenticated;
