-- Why a video failed, in words that its user understands and can act on. What sounds
-- like a provider's moderation becomes what to change; other words are the worker's,
-- who wrote them for users.
create function private.video_error_words(p_error text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case
    when p_error ~* '\m(child|children|minor|minors|underage)\M' and p_error ~* '\m(rai|responsible ai|safety|filter|block|moderat|polic)' then
      'The provider does not make videos of children. Change the words or the reference image and try again. Nothing was charged.'
    when p_error ~* '\m(celebrit|public figure|prominent people|likeness|real person)' then
      'The provider does not make videos of real, well-known people. Describe somebody invented, or use another reference image, and try again. Nothing was charged.'
    when p_error ~* '\m(copyright|trademark|third[- ]party (content|provider))' then
      'The provider takes this for somebody else''s work. Leave out names of brands, films and characters that are not yours, and try again. Nothing was charged.'
    when p_error ~* '(\m(moderat|safety|content polic|usage polic|responsible ai|nsfw|sensitive|prohibited|violat|raimediafiltered|rai_)|\m(sexual|violent|violence|hateful|harassment|self[- ]harm)\M)' then
      'The provider''s safety rules refused this request. Change the words or the reference image and try again. Nothing was charged.'
    else coalesce(nullif(btrim(p_error), ''), 'The video could not be made. Nothing was charged.')
  end;
end;
$$;
