-- A resolution in one form: 720p, 1080p, 4k. 1920x1080 is 1080p, 2160p is 4k; what is
-- no resolution stays as it is, for the check to refuse.
create function private.video_resolution(p_resolution text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_resolution text := lower(btrim(p_resolution));
  v_sides text[] := regexp_match(v_resolution, '^([1-9][0-9]{2,3})x([1-9][0-9]{2,3})$');
begin
  if v_sides is not null then
    v_resolution := least(v_sides[1]::integer, v_sides[2]::integer) || 'p';
  end if;
  return case v_resolution when '2160p' then '4k' when '4320p' then '8k' else v_resolution end;
end;
$$;
