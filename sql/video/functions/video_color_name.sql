-- A colour of a palette as the word that a prompt would use: #ff0000 is red, by the
-- nearest of twelve; a word stays one.
create function private.video_color_name(p_color text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_hex text := substring(lower(btrim(p_color)) from '^#?([0-9a-f]{6}|[0-9a-f]{3})$');
  v_rgb integer[];
begin
  if v_hex is null then
    return replace(lower(btrim(p_color)), 'gray', 'grey');
  end if;
  if char_length(v_hex) = 3 then
    v_hex := regexp_replace(v_hex, '(.)', '\1\1', 'g');
  end if;
  select array_agg(get_byte(decode(v_hex, 'hex'), i) order by i) into v_rgb
  from generate_series(0, 2) as i;
  return (
    select c.name
    from (
      values
        ('black', 0, 0, 0), ('white', 255, 255, 255), ('grey', 128, 128, 128), ('red', 220, 20, 20),
        ('orange', 255, 140, 0), ('yellow', 255, 225, 0), ('green', 30, 150, 50), ('teal', 0, 150, 150),
        ('blue', 30, 80, 220), ('purple', 128, 0, 160), ('pink', 255, 130, 180), ('brown', 120, 70, 30)
    ) as c (name, r, g, b)
    order by (c.r - v_rgb[1]) ^ 2 + (c.g - v_rgb[2]) ^ 2 + (c.b - v_rgb[3]) ^ 2, c.name
    limit 1
  );
end;
$$;
