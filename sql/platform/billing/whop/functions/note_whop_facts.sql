-- Notes what was said of a product or plan; answers all that is known of it if that
-- is new, else null. Locks it meanwhile: two that learn of one plan come one after
-- the other.
create function private.note_whop_facts(p_type text, p_id text, p_facts jsonb, p_told_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_facts jsonb := jsonb_strip_nulls(p_facts);
  v_is_new boolean;
  v_row record;
  v_all jsonb := '{}'::jsonb;
begin
  -- Mostly it was said before, and nothing is written.
  if exists (
    select 1
    from private.whop_catalogue as w
    where w.type = p_type and w.id = p_id and w.facts_key = md5(v_facts::text) and w.told_at >= p_told_at
  ) then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('whop_catalogue:' || p_type || ':' || p_id, 0));
  select count(*) <> 1 or bool_or(w.facts_key <> md5(v_facts::text)) into v_is_new
  from private.whop_catalogue as w
  where w.type = p_type and w.id = p_id;
  insert into private.whop_catalogue as w (type, id, facts, told_at)
  values (p_type, p_id, v_facts, p_told_at)
  on conflict (type, id, facts_key) do update
  set told_at = greatest(w.told_at, excluded.told_at);
  if not v_is_new then
    return null;              -- the same again, somewhat later
  end if;
  for v_row in
    select w.facts
    from private.whop_catalogue as w
    where w.type = p_type and w.id = p_id
    order by w.told_at, w.facts_key
  loop
    v_all := v_all || v_row.facts;
  end loop;
  return v_all;
end;
$$;
