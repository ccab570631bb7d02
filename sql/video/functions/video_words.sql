-- Saved settings as words for a provider: a text as it is, a list with commas, an
-- object as "key: value" with semicolons. Line breaks and control characters become
-- spaces; deeper than p_depth nothing is read; at most p_max characters.
create function private.video_words(
  p_value jsonb,
  p_max integer default 800,
  p_depth integer default 3
)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_words text;
begin
  if p_depth > 0 then
    case jsonb_typeof(p_value)
      when 'object' then
        select string_agg(
          case when e.value = 'true' then replace(e.key, '_', ' ') else replace(e.key, '_', ' ') || ': ' || w.words end,
          '; ' order by e.key
        )
        into v_words
        from jsonb_each(p_value) as e
        cross join lateral (select private.video_words(e.value, p_max, p_depth - 1)) as w (words)
        where w.words <> '' or e.value = 'true';
      when 'array' then
        select string_agg(w.words, ', ' order by e.ordinality)
        into v_words
        from jsonb_array_elements(p_value) with ordinality as e
        cross join lateral (select private.video_words(e.value, p_max, p_depth - 1)) as w (words)
        where w.words <> '';
      when 'string', 'number' then
        v_words := p_value #>> '{}';
      else
        null;
    end case;
  end if;
  return nullif(left(btrim(regexp_replace(v_words, '[\s[:cntrl:]]+', ' ', 'g')), p_max), '');
end;
$$;
