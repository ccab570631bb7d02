-- Whether a text speaks of a phrase: of all its words in any form, but not where it
-- says that there are none ("no people"). What a phrase begins with as a rule ("never
-- show …") is not part of it.
create function private.video_mentions(p_text text, p_phrase text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_phrase text := regexp_replace(
    lower(p_phrase),
    '\m(never|always|don''?t|do not|must not|must|should not|should|avoid|without|show|use|include|feature|keep|have|be|or)\M',
    ' ', 'g'
  );
  v_query tsquery := websearch_to_tsquery(
    'pg_catalog.english', regexp_replace(v_phrase, '[^[:alnum:]]+', ' ', 'g')
  );
begin
  return numnode(v_query) > 0 and to_tsvector(
    'pg_catalog.english',
    regexp_replace(
      lower(p_text),
      '\m(no|not|without|never|avoid|avoiding|don''?t)\M(\s+(any|the|a|an|show|use|of))*\s+[[:alnum:]-]+',
      ' ', 'g'
    )
  ) @@ v_query;
end;
$$;
