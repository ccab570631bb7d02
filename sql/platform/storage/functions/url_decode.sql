-- Decodes the %xx of an address once; null when the bytes are not UTF-8 text.
create function private.url_decode(p_text text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if strpos(p_text, '%') = 0 then
    return p_text;
  end if;
  return (
    select convert_from(
      string_agg(
        case when m.part[1] is null then convert_to(m.part[2], 'UTF8') else decode(m.part[1], 'hex') end,
        ''::bytea order by m.ordinality
      ),
      'UTF8'
    )
    from regexp_matches(p_text, '%([0-9a-fA-F]{2})|([^%]+|%)', 'g') with ordinality as m (part, ordinality)
  );
exception when character_not_in_repertoire or untranslatable_character then
  return null;
end;
$$;
