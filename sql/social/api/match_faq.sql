create function social.match_faq(p_query text, p_limit integer default 5)
returns table (
  id uuid,
  title text,
  question text,
  answer text,
  metadata jsonb,
  score real
)
language sql
stable
security invoker
set search_path = ''
begin atomic
  select * from private.social_match_faq(p_query, p_limit);
end;
grant execute on function social.match_faq(text, integer) to authenticated;
comment on function social.match_faq(text, integer) is
  'The caller''s active answers to a question, best first, each with its phrasing that resembles p_query most and a score of 0.3 to 1. p_limit is 1 to 100. Errors: PT403 not_signed_in; PT400 argument_missing, argument_too_long, limit_invalid.';
