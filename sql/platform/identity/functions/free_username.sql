-- A username near the wished one that nobody has: the wish itself, else with a
-- random suffix. Two sign-ups at once may still be told the same; the insert decides.
create function private.free_username(p_wish text)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_base text := left(regexp_replace(coalesce(p_wish, ''), '[^[:alnum:]_.-]', '', 'g'), 40);
begin
  if v_base = '' then
    v_base := 'user';
  end if;
  if not exists (select 1 from public.profiles as p where p.username = v_base) then
    return v_base;
  end if;
  return v_base || '-' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 10);
end;
$$;
