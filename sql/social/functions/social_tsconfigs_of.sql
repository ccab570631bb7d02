-- The text search configurations of a user's chunks, each found by the index behind
-- the one before it: "distinct" would read an entry of every chunk to find two words.
create function private.social_tsconfigs_of(p_user_id uuid)
returns text[]
language plpgsql
stable
security definer            -- carries the tenant's predicate itself
set search_path = ''
as $$
declare
  v_tsconfig text := '';
  v_tsconfigs text[] := '{}'::text[];
begin
  loop
    select min(c.tsconfig) into v_tsconfig
    from social.knowledge_chunks as c
    where c.user_id = p_user_id and c.tsconfig > v_tsconfig;
    exit when v_tsconfig is null;
    v_tsconfigs := v_tsconfigs || v_tsconfig;
  end loop;
  return v_tsconfigs;
end;
$$;
