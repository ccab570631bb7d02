create function social.top_topics(
  p_days integer default 7,
  p_limit integer default 10
)
returns table (topic_id integer, topic_label text, topic_keywords text[], message_count bigint)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_top_topics(p_days, p_limit);
end;
grant execute on function social.top_topics(integer, integer) to authenticated;
comment on function social.top_topics(integer, integer) is
  'What the caller''s customers wrote most about within p_days (1 to 365), without outliers; p_limit is 1 to 100. Errors: PT403 not_signed_in; PT400 limit_invalid.';
